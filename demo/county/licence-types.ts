import { usccOf } from './check-digits.ts';
import { departments } from './departments.ts';

/** A kind of licence: the library's own number, the national type code, who holds it, who issues it. */
export interface LicenceType {
  readonly local: string;
  readonly code: string;
  readonly name: string;
  readonly holder: 'person' | 'company';
  readonly definer: string;
  /** Index in `departments`. */
  readonly issuer: number;
  /** Years it is good for; 0 for ever. */
  readonly years: number;
  /** How common it is among the others. */
  readonly weight: number;
}

/** name, p(erson) or c(ompany), issuer, years, weight */
const raw = `
居民户口簿 p 0 0 9|居住证 p 0 1 4|机动车驾驶证 p 0 6 12|机动车行驶证 p 0 0 10|边境管理区通行证 p 0 1 1|爆破作业人员许可证 p 0 3 1|保安员证 p 0 0 1
社会保障卡 p 1 10 14|就业创业证 p 1 0 4|职业资格证书 p 1 0 3|专业技术资格证书 p 1 0 2|人力资源服务许可证 c 1 5 1|劳务派遣经营许可证 c 1 3 1
医疗保障凭证 p 2 0 8|生育登记凭证 p 2 0 2|营业执照 c 3 0 16|食品经营许可证 c 3 5 8|食品生产许可证 c 3 5 1|食品小作坊登记证 c 3 3 2|药品经营许可证 c 3 5 1
特种设备使用登记证 c 3 0 2|特种设备作业人员证 p 3 4 2|第二类医疗器械经营备案凭证 c 3 0 1|计量标准考核证书 c 3 4 1|建设用地规划许可证 c 4 0 1|建设工程规划许可证 c 4 0 1
乡村建设规划许可证 p 4 0 2|采矿许可证 c 4 10 1|选址意见书 c 4 3 1|不动产权证书 p 5 0 18|不动产登记证明 p 5 0 9|林权证 p 5 0 3|完税证明 c 6 0 5
结婚证 p 7 0 12|离婚证 p 7 0 4|收养登记证 p 7 0 1|社会团体法人登记证书 c 7 5 1|民办非企业单位登记证书 c 7 5 1|低保证 p 7 1 3|老年人优待证 p 7 0 5|火化证明 p 7 0 1
住房公积金缴存证明 p 8 1 3|建筑工程施工许可证 c 9 0 1|商品房预售许可证 c 9 2 1|燃气经营许可证 c 9 5 1|建设工程消防验收意见书 c 9 0 1|公租房资格证明 p 9 1 1
动物防疫条件合格证 c 10 0 2|兽药经营许可证 c 10 5 1|农药经营许可证 c 10 5 1|种畜禽生产经营许可证 c 10 3 1|拖拉机和联合收割机驾驶证 p 10 6 2|草原承包经营权证 p 10 30 6
林木采伐许可证 p 11 1 1|草种经营许可证 c 11 5 1|取水许可证 c 12 5 1|道路运输经营许可证 c 13 4 3|道路运输证 c 13 1 4|道路运输从业人员从业资格证 p 13 6 4
医疗机构执业许可证 c 14 5 1|医师执业证书 p 14 0 2|护士执业证书 p 14 5 2|公共场所卫生许可证 c 14 4 3|出生医学证明 p 14 0 6|乡村医生执业证书 p 14 5 1
教师资格证书 p 15 0 3|民办学校办学许可证 c 15 5 1|娱乐经营许可证 c 16 2 1|网络文化经营许可证 c 16 3 1|危险化学品经营许可证 c 17 3 1|烟花爆竹经营许可证 c 17 1 1
排污许可证 c 21 5 1|残疾人证 p 24 10 4|烟草专卖零售许可证 c 38 5 3|退役军人优待证 p 23 0 2`;

/** The 75 types of the banner's licence library. The definers' codes are made up, with correct check characters. */
export const licenceTypes: readonly LicenceType[] = raw.trim().split(/[|\n]/).map((line, n) => {
  const [name, holder, issuer, years, weight] = line.split(' ') as [string, string, string, string, string];
  const definer = usccOf('11100000', `MB00${String(10 + (Number(issuer) % 30)).padStart(2, '0')}00`);
  return {
    local: `ZZ${String(n + 1).padStart(4, '0')}`,
    code: `${definer}${String(n + 1).padStart(3, '0')}`,
    name,
    holder: holder === 'p' ? 'person' : 'company',
    definer,
    issuer: Number(issuer) % departments.length,
    years: Number(years),
    weight: Number(weight),
  };
});

/** Types in proportion to their weight, for picking. */
export const typesByWeight: readonly LicenceType[] = licenceTypes.flatMap((type) => Array.from({ length: type.weight }, () => type));
