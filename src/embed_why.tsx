/**
 * The answer to "why?" for an embedded frame: a script of its own, fetched when somebody asks, so that no picture is heavier for
 * it. What it has in common with the frame's script it takes from there (`embed/frame_door.ts`).
 */
import { frameDoor } from "./embed/frame_door.ts";
import { EmbedWhy } from "./views/embed/EmbedWhy.tsx";

frameDoor<unknown, typeof EmbedWhy>().why = EmbedWhy;
