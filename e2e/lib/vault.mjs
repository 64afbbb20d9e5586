// What lies open in a vault's file, for tests that must not ask the program. Python's standard library reads SQLite.

import { output } from './processes.mjs';

const READ = 'import json, sqlite3, sys; rows = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute(sys.argv[2]); print(json.dumps(rows.fetchall()))';

/** The rows that a query finds in a vault's file. */
export const query = async (file, sql) => JSON.parse(await output('/usr/bin/python3', ['-c', READ, file, sql]));
