/** The public fidelity page: what was recorded on a real MySQL, how much of it the simulator repeats, and what it does not. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { ReadingPage } from "../shell/ReadingPage.tsx";
import { PLAYGROUND } from "../shell/use_route.ts";
import { useText } from "../text/use_text.ts";
import { ASPECTS, type FidelityRow, fidelity } from "./fidelity.ts";
import "./fidelity.css";
import { missingGroups } from "./missing.ts";

export function FidelityPage(): ReactNode {
  const { fidelity: text } = useText();
  const format = useFormat();
  const { all, servers, date, plans, lockRows } = fidelity;
  const back = (
    <a className="button" href={PLAYGROUND}>
      {text.back}
    </a>
  );
  return (
    <ReadingPage title={text.title} home={PLAYGROUND} ways={back} className="fidelity">
      <p className="fidelity-sum">
        <strong>{format(all.agree)}</strong> {text.of} <strong>{format(all.scenarios)}</strong>{" "}
        {text.agreeWith(servers.join(", "))}
      </p>
      <dl className="fidelity-facts">
        <Fact name={text.steps} value={format(all.statements)} />
        <Fact name={text.lockRows} value={format(lockRows)} />
        <Fact name={text.plans} value={`${format(plans.equal)} / ${format(plans.compared)}`} />
        <Fact name={text.server} value={`MySQL ${servers.join(", ")}`} />
        <Fact name={text.date} value={date} />
      </dl>
      <h2>{text.howTitle}</h2>
      {text.how.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <h2>{text.topicsTitle}</h2>
      <TopicTable />
      <h2>{text.differingTitle}</h2>
      <Differing />
      <h2>{text.limitsTitle}</h2>
      <p>{text.limits}</p>
      <Missing />
    </ReadingPage>
  );
}

function Missing(): ReactNode {
  const groups = missingGroups(useLanguage());
  return (
    <dl className="fidelity-missing">
      {groups.map(({ name, items }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{items.join(", ")}</dd>
        </div>
      ))}
    </dl>
  );
}

function Fact(props: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

function TopicTable(): ReactNode {
  const text = useText().fidelity;
  return (
    // Wider than a phone: it scrolls by itself, by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by keyboard.
    <section className="fidelity-scroll" aria-label={text.topicsTitle} tabIndex={0}>
      <table className="fidelity-table">
        <thead>
          <tr>
            <th scope="col">{text.topic}</th>
            <th scope="col">{text.scenarios}</th>
            <th scope="col">{text.stepsShort}</th>
            <th scope="col">{text.agree}</th>
            {ASPECTS.map((aspect) => (
              <th key={aspect} scope="col" title={text.aspectHints[aspect]}>
                {text.aspects[aspect]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fidelity.topics.map((row) => (
            <TopicLine key={row.topic} row={row} name={topicName(row.topic, text.topics)} />
          ))}
        </tbody>
        <tfoot>
          <TopicLine row={fidelity.all} name={text.all} />
        </tfoot>
      </table>
    </section>
  );
}

/** Files of random scenarios are named by what is in them. */
function topicName(topic: string, names: Readonly<Record<string, string>>): string {
  const [folder = "", file] = topic.split("/");
  const name = names[folder] ?? folder;
  return file === undefined ? name : `${name}: ${names[file] ?? file.replaceAll("-", " ")}`;
}

function TopicLine({ row, name }: { readonly row: FidelityRow; readonly name: string }): ReactNode {
  const format = useFormat();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{format(row.scenarios)}</td>
      <td>{format(row.statements)}</td>
      <Share count={row.agree} of={row.scenarios} />
      {ASPECTS.map((aspect) => (
        <Share key={aspect} count={row.byAspect[aspect]} of={row.scenarios} />
      ))}
    </tr>
  );
}

function Share({ count, of }: { readonly count: number; readonly of: number }): ReactNode {
  const format = useFormat();
  const isWhole = count === of;
  return (
    <td data-whole={isWhole}>
      {format(count)}
      <span aria-hidden="true">{isWhole ? " ✓" : ` −${of - count}`}</span>
    </td>
  );
}

function Differing(): ReactNode {
  const text = useText().fidelity;
  if (fidelity.differing.length === 0) return <p>{text.noneDiffers}</p>;
  return (
    <>
      <p>{text.differing}</p>
      <ul className="fidelity-differing">
        {fidelity.differing.map(({ id, topic, step, statement, aspects }) => (
          <li key={id}>
            <strong>{id}</strong> ({topicName(topic, text.topics)}), {text.step(step)}{" "}
            <code>{statement}</code>
            {": "}
            {aspects.map((aspect) => text.aspects[aspect] ?? aspect).join(", ")}
          </li>
        ))}
      </ul>
    </>
  );
}

function useFormat(): (value: number) => string {
  const language = useLanguage();
  return (value) => value.toLocaleString(language === "zh" ? "zh-CN" : "en");
}
