/** The number under which a transaction is shown. */
import type { TrxState } from "../../trace/state.ts";

/** A transaction without an id shows a large number made from its address (InnoDB: trx_get_id_for_print). */
export function trxNumber(trx: Pick<TrxState, "id" | "ref">): number {
  return trx.id === 0 ? READ_ONLY_TRX_BASE + trx.ref * 896 : trx.id;
}

const READ_ONLY_TRX_BASE = 421_000_000_000_000;
