/** A town (苏木、镇) of the banner with its twelve-digit code. */
export interface Place {
  readonly code: string;
  readonly name: string;
}

/** A village (嘎查、村) with the town it belongs to. */
export interface Village extends Place {
  readonly town: Place;
}

export const regionCode = '150626';
export const bannerName = '乌审旗';
export const developmentZone = '苏里格经济开发区';

export const towns: readonly Place[] = [
  { code: '150626100000', name: '嘎鲁图镇' },
  { code: '150626101000', name: '乌审召镇' },
  { code: '150626102000', name: '图克镇' },
  { code: '150626103000', name: '乌兰陶勒盖镇' },
  { code: '150626104000', name: '无定河镇' },
  { code: '150626200000', name: '苏力德苏木' },
];

const villageWords = [
  '布日都', '巴音', '乌兰', '查干', '呼和', '哈拉', '沙日', '陶日木', '敖包', '宝力格', '达布察', '额尔登',
  '格日勒', '吉日嘎', '木都', '纳林', '塔本', '温都尔', '希里', '浩勒', '阿日', '巴嘎', '都贵', '毛布拉',
  '牧林', '朝岱', '苏布日', '特格', '其如', '萨日', '白泥', '河南', '堵嘎', '排子', '庙滩', '小石', '大石', '红进',
] as const;

/** 76 made-up villages: the published number, not the real names. */
export const villages: readonly Village[] = Array.from({ length: 76 }, (_, n) => {
  const town = towns[n % towns.length] as Place;
  const serial = String(201 + Math.floor(n / towns.length)).padStart(3, '0');
  const word = villageWords[n % villageWords.length] as string;
  return { code: town.code.slice(0, 9) + serial, name: word + (n < villageWords.length ? '嘎查' : '村'), town };
});

/** 22 self-service terminals: the published number. */
export const terminals: readonly { readonly code: string }[] = Array.from({ length: 22 }, (_, n) => ({ code: `ZZJ150626${String(n + 1).padStart(3, '0')}` }));
