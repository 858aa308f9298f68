/** The call that is simulated, in the languages that people write it in. */
import { type ReactNode, useState } from "react";
import type { ClientSettings } from "../../trace/state_net.ts";
import { Tabs } from "../shell/Tabs.tsx";
import { CODE_TABS, type CodeTab, clientCode, tabOf } from "./client_code.ts";
import type { StreamWords } from "./words.ts";

export function CodeTabs(props: {
  readonly settings: ClientSettings;
  readonly sql: string;
  readonly words: StreamWords;
}): ReactNode {
  const { settings, sql, words } = props;
  const [chosen, choose] = useState<CodeTab | null>(null);
  const simulated = tabOf(settings);
  return (
    <section className="client-code">
      <Tabs
        label={words.code}
        chosen={chosen ?? simulated}
        onChoose={choose}
        tabs={CODE_TABS.map((tab) => ({
          id: tab,
          title: words.codeTabs[tab],
          content: () => (
            <>
              <p>{tab === simulated ? words.modelled : words.sameWay}</p>
              <pre>{clientCode(tab, settings, sql)}</pre>
            </>
          ),
        }))}
      />
    </section>
  );
}
