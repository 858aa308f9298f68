/** The tables and columns at the cursor, for completion. */
import { useMemo } from "react";
import { intMapToArray } from "../../base/int_map.ts";
import type { EditorNames } from "../../editor/editor_props.ts";
import { usePage } from "../../store/hooks.ts";

export function useTableNames(): EditorNames {
  const tables = usePage((page) => page.stateAtCursor.tables);
  return useMemo(
    () => ({
      tables: intMapToArray(tables).map((table) => ({
        name: table.name,
        columns: table.columns.map((column) => column.name),
      })),
    }),
    [tables],
  );
}
