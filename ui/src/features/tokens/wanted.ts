/** What somebody came to the workbench for, from another part of the window. A new object each time they come. */
export type TokenWanted = {
  /** The key to sign with. */
  key?: string;
  /** A request the token should be good for, such as `GET /v1/apps`; it may still have holes, such as `{id}`. */
  entry?: string;
};
