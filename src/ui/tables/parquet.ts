/** The long table as Parquet: whole numbers as INT32, the value as DOUBLE, Snappy-compressed, in groups of rows. */
import { ByteWriter, ParquetWriter, parquetWriteBuffer, schemaFromColumnData } from 'hyparquet-writer';
import { COLUMNS, type Row } from './rows.js';

const GROUP = 100_000;

type Column = (typeof COLUMNS)[number];
type Values = Readonly<Record<Column, (string | number | null)[]>>;

const TYPES: Readonly<Record<Column, 'INT32' | 'STRING' | 'DOUBLE'>> = {
  step: 'INT32',
  layer: 'INT32',
  state: 'STRING',
  quantity: 'STRING',
  timestep: 'INT32',
  lag: 'INT32',
  value: 'DOUBLE',
};

const emptyGroup = (): Values => ({
  step: [],
  layer: [],
  state: [],
  quantity: [],
  timestep: [],
  lag: [],
  value: [],
});

const sourcesOf = (values: Values) =>
  COLUMNS.map((name) => ({ name, data: values[name], type: TYPES[name], nullable: true }));

/** The file's bytes. One group of rows at a time is held beside them. */
export async function parquetBytes(rows: Iterable<Row>): Promise<Uint8Array> {
  const writer = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: sourcesOf(emptyGroup()) });
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'dissipa' });
  let group = emptyGroup();
  const write = async (): Promise<void> => {
    await parquet.write({ columnData: sourcesOf(group), rowGroupSize: GROUP });
    group = emptyGroup();
  };
  for (const row of rows) {
    for (const column of COLUMNS) group[column].push(row[column]);
    if (group.step.length === GROUP) await write();
  }
  if (group.step.length > 0) await write();
  await parquet.finish();
  return new Uint8Array(writer.getBuffer());
}

/** A table that fits in memory, a column after the other. */
export function columnsInParquet(
  columns: readonly {
    readonly name: string;
    readonly type: 'INT32' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
    readonly values: readonly (string | number | boolean | null)[];
  }[],
): Uint8Array {
  const columnData = columns.map(({ name, type, values }) => ({
    name,
    type,
    data: [...values],
    nullable: true,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
