import type { SinkSetting } from '../port/sink.ts';
import { textAt } from './peek.ts';
import { block, must } from './read-block.ts';
import { oneOf, text, type Reader } from './read.ts';
import { sourceSetting } from './source-setting.ts';

const drop = block({ engine: must(oneOf('drop')), folder: must(text) });

/** How a place that pulled data is written to is reached: a database like a source, or `engine: drop` with its folder. */
export const sinkSetting: Reader<SinkSetting> = (spot) => (textAt(spot, 'engine') === 'drop' ? drop(spot) : sourceSetting(spot));
