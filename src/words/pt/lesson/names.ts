/** Como se chamam os arquivos da aula; veja `en`. */
export const lesson = { file: 'aula', run: 'aula' };
