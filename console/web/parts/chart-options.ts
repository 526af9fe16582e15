import type { EChartsCoreOption } from 'echarts/core';

/** What a chart is given: one label for each place, and for each series one value for each label; null where nothing is known. */
export interface ChartGiven {
  readonly kind: 'line' | 'bar';
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly label: string;
  readonly percent?: boolean;
}

/** Colours that stay apart for the colour-blind (after Okabe and Ito), beginning with the console's own. */
const colours = ['#1f4e79', '#b8620a', '#0f7b6c', '#8f3d84', '#5b6875', '#9a7b00'];

/** How ECharts is told: the page's own letters, quiet grid, no animation, gaps where nothing is known; bars begin at nothing. */
export function chartOptions({ kind, labels, series, percent }: ChartGiven, fontFamily: string): EChartsCoreOption {
  const shown = percent === true ? '{value}%' : '{value}';
  return {
    animation: false, color: colours, textStyle: { fontFamily, fontSize: 12 },
    grid: { left: 8, right: 16, top: series.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
    ...(series.length > 1 ? { legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: '#51606e', fontSize: 13 } } } : {}),
    tooltip: { trigger: 'axis', confine: true },
    xAxis: { type: 'category', data: labels, axisTick: { show: false }, axisLine: { lineStyle: { color: '#c3ccd5' } }, axisLabel: { color: '#51606e', hideOverlap: true } },
    yAxis: { type: 'value', scale: kind === 'line', ...(percent === true ? { max: 100 } : { minInterval: 1 }), axisLabel: { color: '#51606e', formatter: shown }, splitLine: { lineStyle: { color: '#e7ecf0' } } },
    series: series.map(({ name, values }, index) => ({
      type: kind, name, data: values, connectNulls: false, barMaxWidth: 28, showSymbol: true, symbolSize: 6,
      symbol: ['circle', 'rect', 'triangle', 'diamond'][index % 4], lineStyle: { width: 2, type: ['solid', 'dashed', 'dotted'][index % 3] },
    })),
  };
}
