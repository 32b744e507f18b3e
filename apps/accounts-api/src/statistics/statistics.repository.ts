import { Injectable } from '@nestjs/common';
import type { Statistics } from '@viewora/contracts/admin';
import { DataSource } from 'typeorm';
import { statusSql } from '../user-admin/user-admin.repository.ts';

@Injectable()
export class StatisticsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async usersByStatus(): Promise<Statistics['usersByStatus']> {
    return this.dataSource.query(
      `SELECT role, ${statusSql} AS status, count(*)::int AS count FROM app_user GROUP BY 1, 2 ORDER BY 1, 2`,
    );
  }

  /** Those of these people who broker, by id. */
  async findBrokers(ids: string[]): Promise<Map<string, string>> {
    const rows: { id: string; name: string }[] = await this.dataSource.query(
      `SELECT id, name FROM app_user WHERE id = ANY ($1::uuid[]) AND role = 'broker'`,
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
