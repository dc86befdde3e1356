/**
 * Lines as they are: CSV whose marks are control characters, which neither JSON nor a checked key holds, so that nothing
 * is ever quoted or escaped.
 */
export const SEPARATOR = '\u0002';
export const RAW_LINES = `(FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')`;
