/** The version chain: cards from the record on the index back along the roll pointers. */
import type { ReactNode } from "react";
import type { CardLine, VersionCard, VersionPicture } from "../../diagrams/version_picture.ts";
import type { VersionWords } from "../versions/words.ts";
import { SvgButton } from "./SvgButton.tsx";

export function VersionCards(props: {
  readonly picture: VersionPicture;
  readonly selected: string | null;
  /** Depth that a walk has come to. */
  readonly walked: number | null;
  readonly words: VersionWords;
  /** Shows the whole chain. */
  readonly onUnfold: () => void;
}): ReactNode {
  const { picture, selected, walked } = props;
  const { arrows, end } = picture;
  return (
    <g>
      {arrows.map((arrow) => (
        <path
          key={arrow.x1}
          className="roll-pointer"
          d={`M${arrow.x1},${arrow.y}H${arrow.x2 - 2}m-7,-5l7,5l-7,5`}
        />
      ))}
      <path className="roll-end" d={`M${end.x - 16},${end.y}h8m0,-5v10`} />
      <text x={end.x} y={end.y} dy="0.35em" className="t-note t-muted">
        {end.text}
      </text>
      {picture.folds.map((fold) => (
        <SvgButton
          key={fold.from}
          className="fold"
          label={props.words.unfold(fold.count)}
          refKeys={picture.versions
            .slice(fold.from, fold.from + fold.count)
            .map(({ undo }) => `version:${picture.rec.id}:${undo}`)
            .join(" ")}
          onPress={props.onUnfold}
        >
          <rect {...fold.box} rx="6" className="halo" />
          <rect {...fold.box} rx="6" className="fold-box" />
          {fold.lines.map((line) => (
            <text
              key={line.y}
              x={line.x}
              y={line.y}
              dy="0.35em"
              textAnchor={line.anchor}
              className="t-note"
            >
              {line.text}
            </text>
          ))}
        </SvgButton>
      ))}
      {picture.cards.map((card) => {
        const key = `version:${picture.rec.id}:${card.version.undo}`;
        return (
          <g
            key={card.version.id}
            className="moves"
            style={{ transform: `translate(${card.box.x}px,${card.box.y}px)` }}
          >
            <SvgButton
              className={`version ${card.version.deleted ? "rec-deleted" : ""} ${card.version.writer === null ? "" : "rec-uncommitted"} ${walked === card.version.depth ? "walked" : ""}`}
              arrival="arrives"
              from={-40}
              session={card.version.writer ?? undefined}
              refKeys={key}
              isPressed={selected === key}
              label={cardLabel(card)}
            >
              <CardBody card={card} />
            </SvgButton>
          </g>
        );
      })}
    </g>
  );
}

/** In coordinates of the card, so that a card that moves takes its text along. */
function CardBody({ card }: { readonly card: VersionCard }): ReactNode {
  const { box, title } = card;
  const x = (at: number): number => at - box.x;
  const y = (at: number): number => at - box.y;
  const size = { width: box.width, height: box.height };
  return (
    <>
      <rect {...size} rx="6" className="halo" />
      <rect {...size} rx="6" className="rec-box" />
      <text x={x(title.x)} y={y(title.y)} dy="0.35em" className="t-note t-muted">
        {title.text}
      </text>
      {card.lines.map((line) => (
        <Line key={line.name.text} line={line} x={x} y={y} width={box.width} />
      ))}
      {card.status.map((label) => (
        <text
          key={label.text}
          x={x(label.x)}
          y={y(label.y)}
          dy="0.35em"
          className="t-note t-strong"
        >
          {label.text}
        </text>
      ))}
    </>
  );
}

function Line(props: {
  readonly line: CardLine;
  readonly x: (at: number) => number;
  readonly y: (at: number) => number;
  readonly width: number;
}): ReactNode {
  const { line, x, y } = props;
  const { name, value } = line;
  return (
    <g className={line.isHidden ? "hidden-column" : "rec-key-line"}>
      {line.isChanged && (
        <rect
          x={4}
          y={y(name.y) - 8}
          width={props.width - 8}
          height={16}
          rx="3"
          className="changed-ground"
        />
      )}
      <text x={x(name.x)} y={y(name.y)} dy="0.35em" className="t-label t-muted">
        {name.text}
      </text>
      <text
        x={x(value.x)}
        y={y(value.y)}
        dy="0.35em"
        textAnchor="end"
        className={`t-label ${line.isChanged ? "t-strong" : ""} ${line.isHidden ? "" : "rec-key"}`}
      >
        {value.text}
      </text>
    </g>
  );
}

function cardLabel(card: VersionCard): string {
  const lines = card.lines.map((line) => `${line.name.text} ${line.value.text}`);
  return [card.title.text, ...lines, ...card.status.map((label) => label.text)].join(", ");
}
