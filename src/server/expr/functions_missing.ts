/** Functions of MySQL that are not built here: a call of one is error 1235, not 1305 as for a name that is none. */
import { MISSING_FUNCTIONS } from "../../base/not_simulated.ts";

const MISSING = new Set(MISSING_FUNCTIONS);

/** What the call is told to be; null for a name that is no function of MySQL. */
export function missingFunction(name: string): string | null {
  if (isSpatial(name)) return "spatial functions";
  if (!MISSING.has(name)) return null;
  return name.startsWith("json") ? "some JSON functions" : name.toUpperCase();
}

function isSpatial(name: string): boolean {
  const [, family, rest = ""] = /^(st_|mbr)(.*)/.exec(name) ?? [];
  if (family === undefined) return GEOMETRIES.test(name);
  return (family === "mbr" ? MBR : ST).split(/\s+/).includes(rest);
}

const GEOMETRIES =
  /^(?:point|linestring|polygon|multi(?:point|linestring|polygon)|geom(?:etry)?collection)$/;

const MBR = "contains coveredby covers disjoint equals intersects overlaps touches within";

const ST = `
  area asbinary asgeojson astext aswkb aswkt buffer buffer_strategy centroid contains convexhull crosses difference
  dimension disjoint distance distance_sphere endpoint envelope equals exteriorring frechetdistance geohash
  geomcollfromtext geomcollfromtxt geomcollfromwkb geometryfromtext geometryfromwkb geometryn geometrytype
  geomfromgeojson geomfromtext geomfromwkb interiorringn intersection intersects isclosed isempty issimple isvalid
  latfromgeohash latitude length linefromtext linefromwkb lineinterpolatepoint lineinterpolatepoints
  linestringfromtext linestringfromwkb longfromgeohash longitude makeenvelope mlinefromtext mlinefromwkb
  mpointfromtext mpointfromwkb mpolyfromtext mpolyfromwkb multipointfromtext multipointfromwkb multipolygonfromtext
  multipolygonfromwkb numgeometries numinteriorring numinteriorrings numpoints overlaps pointatdistance
  pointfromgeohash pointfromtext pointfromwkb pointn polyfromtext polyfromwkb polygonfromtext polygonfromwkb simplify
  srid startpoint swapxy symdifference touches transform union validate within x y
`;
