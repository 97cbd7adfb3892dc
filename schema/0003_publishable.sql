-- SPDX-License-Identifier: Apache-2.0
--
-- Version 3: the database tells what is in it, and holds what a tool printed elsewhere beside what others published.

-- What each table, view and column is, in its unit: from documentation.sql, written anew whenever that file differs.
CREATE TABLE schema_doc (
    table_name  TEXT NOT NULL,
    column_name TEXT NOT NULL, -- '' for the table or view itself
    unit        TEXT,          -- NULL: it has none
    description TEXT NOT NULL,
    PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;

-- 'tool': the output of a benchmark tool that kbench did not run; its machine and its brokers are not known.
ALTER TABLE published ADD COLUMN source TEXT NOT NULL DEFAULT 'published' CHECK (source IN ('published', 'tool'));
