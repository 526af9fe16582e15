/** The three streams of a county, by the names operators see. */
export type Dataset = 'items' | 'cases' | 'licences';
