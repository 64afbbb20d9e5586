//! asc-key
