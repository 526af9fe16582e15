import { citizenIdOf, usccOf } from './check-digits.ts';
import type { Luck } from './luck.ts';
import { towns, villages } from './places.ts';

/** A made-up person: the number's region part (150698) has never been given to a county, so nobody can carry it. */
export interface Person {
  readonly name: string;
  readonly citizenId: string;
  readonly phone: string;
  readonly address: string;
}

/** A made-up company or other organisation, registered in the same region part that does not exist. */
export interface Company {
  readonly name: string;
  readonly uscc: string;
  readonly legal: Person;
  readonly kind: 'enterprise' | 'institution' | 'association';
}

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'];
const givenFirst = [...'建国志文明永春秀玉桂海晓丽俊德广金瑞佳子雨梓浩欣思雪嘉宇天宏立振学世'];
const givenLast = [...'华强军平林峰杰英芳梅兰霞燕娟敏静涛磊鹏飞龙云山东宁涵轩怡然琪瑶博阳辰民生亮洋伟红珍成'];
const mongolian = [
  '巴雅尔', '乌云其木格', '苏和', '其其格', '那仁', '格日勒图', '萨仁高娃', '阿拉坦', '布和', '斯琴', '娜仁花', '孟和', '敖特根',
  '朝鲁', '乌仁图雅', '宝音德力格尔', '哈斯额尔敦', '通拉嘎', '额尔登其其格', '吉日嘎拉', '达来', '青格乐', '呼和', '阿古拉', '塔娜',
  '珠拉', '希吉尔', '特木尔', '满都拉', '查干', '道尔吉', '其木格', '苏布道', '乌兰', '牧仁', '恩克', '朝克图', '哈达', '赛音吉雅', '阿木尔',
] as const;
const mongolianEnd = ['', '', '', '巴特尔', '高娃', '图雅', '夫', '花'] as const;
const trades = ['商贸', '农牧业', '能源', '运输', '建筑工程', '餐饮服务', '畜产品加工', '文化旅游', '物业服务', '机械租赁', '种植', '电子商务'] as const;
const companyWords = ['草原', '绿洲', '金沙', '鸿雁', '毛乌素', '萨拉乌苏', '蓝天', '宏远', '盛源', '聚兴', '祥瑞', '鑫达', '牧歌', '丰泽', '腾飞', '长河'] as const;

/** A made-up person of Chinese or Mongolian name. */
export function personOf(luck: Luck): Person {
  const year = luck.between(1948, 2006), month = luck.between(1, 12), day = luck.between(1, 28);
  const birth = `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
  const village = luck.pick(villages);
  return {
    name: nameOf(luck),
    citizenId: citizenIdOf(`150698${birth}${luck.digits(3)}`),
    phone: phoneOf(luck),
    address: `内蒙古自治区鄂尔多斯市乌审旗${village.town.name}${village.name}${luck.between(1, 320)}号`,
  };
}

/** A name alone, for clerks. */
export function nameOf(luck: Luck): string {
  if (luck.chance(0.36)) return luck.pick(mongolian) + luck.pick(mongolianEnd);
  return luck.pick(surnames) + (luck.chance(0.7) ? luck.pick(givenFirst) : '') + luck.pick(givenLast);
}

/** Eleven digits that begin with 100, which no operator gives to a mobile: nobody can be called by mistake. */
export function phoneOf(luck: Luck): string {
  return `100${luck.digits(8)}`;
}

/** A made-up company, institution or association; some names carry full-width brackets, which belong to them. */
export function companyOf(luck: Luck): Company {
  const kind = luck.chance(0.86) ? 'enterprise' : luck.chance(0.5) ? 'institution' : 'association';
  const head = kind === 'enterprise' ? (luck.chance(0.4) ? '92' : '91') : kind === 'institution' ? '12' : '51';
  const organisation = `${luck.pick(['MA0', 'MA1', 'MB0', 'MC1'])}${luck.pick([...'ABCDEFGHJKLNPQR'])}${luck.digits(4)}`;
  return { name: companyName(kind, head, luck), uscc: usccOf(`${head}150698`, organisation), legal: personOf(luck), kind };
}

function companyName(kind: Company['kind'], head: string, luck: Luck): string {
  const word = luck.pick(companyWords) + luck.pick(companyWords);
  if (kind === 'institution') return `乌审旗${luck.pick(towns).name}${word}${luck.pick(['幼儿园', '卫生院', '文化站', '实验学校'])}`;
  if (kind === 'association') return `乌审旗${word}${luck.pick(['养殖协会', '商会', '志愿者协会'])}`;
  if (head === '92') return `乌审旗${luck.pick(towns).name}${word}${luck.pick(['商店', '饭馆', '修理部', '理发店'])}${luck.chance(0.4) ? '（个体工商户）' : ''}`;
  return `${luck.chance(0.5) ? '乌审旗' : '内蒙古'}${word}${luck.pick(trades)}${luck.chance(0.15) ? '（集团）' : ''}有限${luck.chance(0.9) ? '责任' : ''}公司`;
}
