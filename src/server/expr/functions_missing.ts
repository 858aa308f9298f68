/** Functions of MySQL that are not built here: a call of one is error 1235, not 1305 as for a name that is none. */
import { MISSING_FUNCTIONS } from "../../base/not_simulated.ts";

const MISSING = new Set(MISSING_FUNCTIONS);

/** What the call is told to be; null for a name that is no function of MySQL. */
export function missingFunction(name: string): string | null {
  if (name.startsWith("json_")) return "JSON";
  if (/^(?:st|mbr)_?[a-z]/.test(name) && SPATIAL.test(name)) return "spatial functions";
  return MISSING.has(name) ? name.toUpperCase() : null;
}

const SPATIAL =
  /^(?:st_[a-z0-9]+|mbr(?:contains|coveredby|covers|disjoint|equals|intersects|overlaps|touches|within))$/;
