<!DOCTYPE html>
<html><head><title>Sign In</title></head><body></body></html>
