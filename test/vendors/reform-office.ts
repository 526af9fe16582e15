import { DatabaseSync } from 'node:sqlite';
import { dayStart, daySeconds, dayText, stamp, writtenDay } from '../../demo/county/calendar.ts';
import { departments } from '../../demo/county/departments.ts';
import { luckOf } from '../../demo/county/luck.ts';
import { bodyOf } from '../../demo/county/region-row.ts';

/** Reform tasks dispatched and reported, as the banner has published them: by the region, the city and the banner itself. */
export const published = { 自治区: 181, 市: 500, 旗: 418 } as const;

const regionLevel = { 自治区: '1', 市: '2', 旗: '3' } as const;
const states = [['未启动', '1'], ['推进中', '2'], ['逾期', '2'], ['已完成', '3']] as const;
const themes = ['一网通办', '证照分离', '帮办代办', '嘎查村赋权', '营商环境', '草原确权', '基层网格', '信用监管', '招投标', '医保经办'];

/** Writes the reform office's ledger and what the region should hold of it; three tasks are not right, ten were called off. */
export function makeReformOffice({ file, truthFile }: { readonly file: string; readonly truthFile: string }): void {
  const [county, truth] = [new DatabaseSync(file), new DatabaseSync(truthFile)];
  county.exec(`create table DEPARTMENT (DEPT_ID text primary key, NAME text, USCC text);
    create table REFORM_TASK (TASK_ID text primary key, TASK_NO text, TITLE text, LEVEL text, STATUS text, LEAD_DEPT text, JOINT_DEPTS text, DUE_DATE text,
      FINISH_DATE text, PROGRESS text, SOURCE_DOC text, UPDATED_AT text); begin`);
  truth.exec(`create table expected (dataset text not null, key text not null, tbl text not null, guid text not null, body text not null);
    create table fate (dataset text not null, key text not null, kind text not null, outcome text not null, code text); begin`);
  const insertTask = county.prepare(`insert into REFORM_TASK values (${Array.from({ length: 12 }, () => '?').join(', ')})`);
  const expected = truth.prepare('insert into expected values (?, ?, ?, ?, ?)');
  const fate = truth.prepare('insert into fate values (?, ?, ?, ?, ?)');
  for (const { oid, name, uscc } of departments) county.prepare('insert into DEPARTMENT values (?, ?, ?)').run(oid, name, uscc);
  const luck = luckOf(1, 'reform');
  const began = dayStart('2026-01-05');
  const dirt = new Map([[7, '层级为“盟”，无对应'], [311, '牵头部门不在部门表内'], [900, '完成时限为 2026-02-30']]);
  let n = 0;
  for (const [level, count] of Object.entries(published)) {
    for (let at = 1; at <= count; at += 1, n += 1) {
      const id = luck.guid();
      const [state, code] = luck.pick(states);
      const lead = luck.pick(departments);
      const joint = luck.chance(0.4) ? [luck.pick(departments).name, lead.name] : [];
      const due = began + luck.int(360) * daySeconds;
      const finished = state === '已完成' ? due - luck.int(20) * daySeconds : null;
      const number = `GG2026-${level}-${String(at).padStart(4, '0')}`;
      const title = `${luck.pick(themes)}改革任务第 ${at} 项`;
      const called = n % 110 === 50;
      const wrong = dirt.get(n);
      insertTask.run(
        id, number, ` ${title}`, wrong === undefined || n !== 7 ? level : '盟', called ? '撤销' : state, n === 311 ? 'gone' : lead.oid, joint.length === 0 ? null : joint.join('、'),
        n === 900 ? '2026-02-30' : luck.chance(0.2) ? writtenDay(due) : dayText(due), finished === null ? null : dayText(finished), null, '旗改革办发〔2026〕1号', stamp(began + n * 60),
      );
      if (wrong !== undefined) fate.run('reform-tasks', id, wrong, 'quarantined', n === 7 ? 'CODE_UNMAPPED' : n === 311 ? 'LOOKUP_MISSING' : 'DATE_INVALID');
      if (wrong !== undefined || called) continue;
      const row = {
        row_guid: id, due_date: `${dayText(due)} 00:00:00`, finish_date: finished === null ? null : `${dayText(finished)} 00:00:00`,
        joint_dept: joint.length === 0 ? null : [...new Set(joint)].join(','), lead_dept: lead.name, lead_dept_code: lead.uscc, progress: null,
        reform_level: regionLevel[level as keyof typeof regionLevel], reform_name: title, reform_no: number, reform_state: code, reform_source: '旗改革办发〔2026〕1号',
      };
      expected.run('reform-tasks', id, 'up_reform_task', id, bodyOf({ table: 'up_reform_task', row }));
    }
  }
  for (const database of [county, truth]) {
    database.exec('commit');
    database.close();
  }
}
