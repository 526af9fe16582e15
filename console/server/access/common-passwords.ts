/**
 * Words that passwords are made of when people must think of one quickly; what is left of a password without the digits
 * and signs around it must not be one of them. A short list on purpose: length does the work.
 */
export const commonPasswords: readonly string[] = [
  'password', 'passwd', 'passwort', 'admin', 'administrator', 'root', 'guest', 'welcome', 'letmein', 'qwerty', 'qwertyuiop', 'asdfgh', 'asdfghjkl', 'zxcvbn', 'zxcvbnm',
  'qazwsx', 'qazwsxedc', 'iloveyou', 'woaini', 'mima', 'guanliyuan', 'xitong', 'ceshi', 'test', 'testtest', 'changeme', 'secret', 'master', 'login', 'user', 'dragon',
  'monkey', 'sunshine', 'princess', 'football', 'baseball', 'superman', 'batman', 'abcdef', 'abcdefg', 'abcdefgh', 'abcdefghij', 'abcabc', 'qilian', 'qiliangateway', 'gateway',
  'wangguan', 'zhengwu', 'zhengfu', 'neimenggu', 'mengguqi', 'huhehaote', 'eerduosi', 'zhongguo', 'china', 'beijing', 'huawei', 'lenovo', 'oracle', 'mysql', 'postgres', 'sysadmin',
  'operator', 'qwer', 'qweasd', 'qweasdzxc', 'aaaaaa', 'passw', 'pass', 'pwd',
];
