/** Which entries were ever loaded: `demo_data_entry` has a list of the document and a natural key. */

/** Those of the keys `$2` of the list `$1` that were. */
export const FIND_LOADED = `SELECT natural_key AS key FROM demo_data_entry WHERE list = $1 AND natural_key = ANY ($2)`;

/** Takes them out of those that wait: `$1` kind, `$2` list. */
export const LEAVE_OUT_LOADED = `
  DELETE FROM staged_entry s USING demo_data_entry d
  WHERE s.kind = $1 AND d.list = $2 AND d.natural_key = s.natural_key`;

/** Adds those that wait: `$1` kind, `$2` list. */
export const REMEMBER_LOADED = `
  INSERT INTO demo_data_entry (list, natural_key) SELECT $2, natural_key FROM staged_entry WHERE kind = $1`;
