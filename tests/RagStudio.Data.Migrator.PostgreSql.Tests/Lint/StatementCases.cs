using RagStudio.Data.Migrator.PostgreSql.Lint;
using static RagStudio.Data.Migrator.PostgreSql.Lint.LockMode;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>The kinds of statements, on the tables of <see cref="Schema"/>.</summary>
internal static class StatementCases
{
    public const string Schema = """
        CREATE TABLE parent (id int PRIMARY KEY);
        CREATE TABLE t (
            id int PRIMARY KEY, a int, n int, v varchar(10), num numeric(8, 2), ts timestamp, j text, w int NOT NULL);
        CREATE INDEX t_a ON t (a);
        CREATE UNIQUE INDEX t_w ON t (w);
        ALTER TABLE t ADD CONSTRAINT chk CHECK (a >= 0) NOT VALID;
        ALTER TABLE t ADD CONSTRAINT has_n CHECK (n IS NOT NULL) NOT VALID;
        ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (n) REFERENCES parent NOT VALID;
        CREATE TABLE plain (id int);
        CREATE TABLE ranges (id int) PARTITION BY RANGE (id);
        CREATE TABLE r1 PARTITION OF ranges FOR VALUES FROM (0) TO (1000000);
        CREATE TABLE r2 (id int);
        CREATE MATERIALIZED VIEW mv AS SELECT id FROM parent;
        CREATE UNIQUE INDEX mv_id ON mv (id);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        """;

    public const int Rows = 2000;

    public static readonly string Fill = $"""
        INSERT INTO parent SELECT generate_series(1, {Rows});
        INSERT INTO t SELECT g, g, g, 'x', 1, now(), 'j', g FROM generate_series(1, {Rows}) AS g;
        INSERT INTO plain SELECT generate_series(1, {Rows});
        INSERT INTO ranges SELECT generate_series(1, {Rows});
        INSERT INTO r2 SELECT generate_series(1000001, {1000000 + Rows});
        REFRESH MATERIALIZED VIEW mv;
        """;

    public static IEnumerable<StatementCase> Inside =>
        [
            new("ALTER TABLE t ADD COLUMN x int", "t", AccessExclusive),
            new("ALTER TABLE t ADD COLUMN x int NOT NULL DEFAULT 5", "t", AccessExclusive),
            new("ALTER TABLE t ADD COLUMN x timestamptz DEFAULT now()", "t", AccessExclusive),
            Rewriting("ALTER TABLE t ADD COLUMN x float DEFAULT random()"),
            Rewriting("ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS IDENTITY"),
            Rewriting("ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (a + 1) STORED"),
            Rewriting("ALTER TABLE t ALTER COLUMN a TYPE bigint"),
            Rewriting("ALTER TABLE t ALTER COLUMN a TYPE int USING a + 1"),
            new("ALTER TABLE t ALTER COLUMN v TYPE varchar(20)", "t", AccessExclusive),
            new("ALTER TABLE t ALTER COLUMN v TYPE text", "t", AccessExclusive),
            Rewriting("ALTER TABLE t ALTER COLUMN v TYPE varchar(5)"),
            new("ALTER TABLE t ALTER COLUMN num TYPE numeric(10, 2)", "t", AccessExclusive),
            Rewriting("ALTER TABLE t ALTER COLUMN num TYPE numeric(10, 1)"),
            new("ALTER TABLE t ALTER COLUMN ts TYPE timestamptz", "t", AccessExclusive)
            {
                Before = "SET LOCAL TimeZone = 'UTC';",
            },
            Rewriting("ALTER TABLE t ALTER COLUMN ts TYPE timestamptz") with
            {
                Before = "SET LOCAL TimeZone = 'Europe/Berlin';",
            },
            Rewriting("ALTER TABLE t SET UNLOGGED"),
            Rewriting("CLUSTER t USING t_a"),
            new("TRUNCATE plain", "plain", AccessExclusive),
            Scanning("ALTER TABLE t ALTER COLUMN n SET NOT NULL", AccessExclusive),
            new("ALTER TABLE t ALTER COLUMN n SET NOT NULL", "t", AccessExclusive)
            {
                Before = "ALTER TABLE t VALIDATE CONSTRAINT has_n;",
            },
            new("ALTER TABLE t ALTER COLUMN w DROP NOT NULL", "t", AccessExclusive),
            new("ALTER TABLE t ALTER COLUMN a SET DEFAULT 3", "t", AccessExclusive),
            new("ALTER TABLE t ALTER COLUMN j SET STORAGE EXTERNAL", "t", AccessExclusive),
            new("ALTER TABLE t ALTER COLUMN a SET STATISTICS 100", "t", ShareUpdateExclusive),
            new("ALTER TABLE t SET (fillfactor = 50)", "t", ShareUpdateExclusive),
            new("ALTER TABLE t CLUSTER ON t_a", "t", ShareUpdateExclusive),
            Scanning("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)", AccessExclusive),
            new("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID", "t", AccessExclusive),
            Scanning("ALTER TABLE t VALIDATE CONSTRAINT chk", ShareUpdateExclusive),
            Scanning("ALTER TABLE t VALIDATE CONSTRAINT fk", ShareUpdateExclusive) with
            {
                Other = ("parent", RowShare),
            },
            Scanning("ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES parent", ShareRowExclusive) with
            {
                Other = ("parent", ShareRowExclusive),
            },
            new("ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES parent NOT VALID", "t", ShareRowExclusive)
            {
                Other = ("parent", ShareRowExclusive),
            },
            new("ALTER TABLE t DROP CONSTRAINT fk", "t", AccessExclusive) { Other = ("parent", AccessExclusive) },
            new("CREATE TABLE child (id int REFERENCES parent)", "parent", ShareRowExclusive),
            Scanning("CREATE INDEX i ON t (n)", Share),
            Scanning("CREATE UNIQUE INDEX i ON t (n)", Share),
            Scanning("ALTER TABLE t ADD CONSTRAINT c UNIQUE (n)", AccessExclusive),
            Scanning("ALTER TABLE plain ADD PRIMARY KEY (id)", AccessExclusive) with
            {
                Table = "plain",
            },
            Scanning("ALTER TABLE t ADD CONSTRAINT c EXCLUDE USING btree (n WITH =)", AccessExclusive),
            new("ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX t_w", "t", AccessExclusive),
            new("DROP INDEX t_a", "t", AccessExclusive),
            // SHARE on the table, and ACCESS EXCLUSIVE on its indexes, each of which every query locks.
            Scanning("REINDEX TABLE t", AccessExclusive),
            new("ALTER INDEX t_a RENAME TO t_b", "t", ShareUpdateExclusive),
            new("ALTER TABLE plain RENAME TO other", "plain", AccessExclusive),
            new("ALTER TABLE t RENAME COLUMN a TO b", "t", AccessExclusive),
            new("ALTER TABLE t DROP COLUMN j", "t", AccessExclusive),
            new("DROP TABLE plain", "plain", AccessExclusive),
            new("CREATE TRIGGER z AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()", "t", ShareRowExclusive),
            new("ALTER TABLE t DISABLE TRIGGER tr", "t", ShareRowExclusive),
            new("DROP TRIGGER tr ON t", "t", AccessExclusive),
            new("ALTER TABLE t ENABLE ROW LEVEL SECURITY", "t", AccessExclusive),
            new("CREATE RULE r AS ON INSERT TO plain DO ALSO NOTHING", "plain", AccessExclusive),
            new("CREATE STATISTICS s ON a, n FROM t", "t", ShareUpdateExclusive),
            new("COMMENT ON TABLE t IS 'x'", "t", ShareUpdateExclusive),
            new("ANALYZE t", "t", ShareUpdateExclusive),
            new("REFRESH MATERIALIZED VIEW mv", "mv", AccessExclusive, Rewrites: true, Scans: true),
            new("REFRESH MATERIALIZED VIEW CONCURRENTLY mv", "mv", Exclusive, Scans: true),
            new("ALTER TABLE ranges ATTACH PARTITION r2 FOR VALUES FROM (1000000) TO (2000000)", "r2", AccessExclusive)
            {
                Scans = true,
                Other = ("ranges", ShareUpdateExclusive),
            },
            new("ALTER TABLE ranges DETACH PARTITION r1", "r1", AccessExclusive)
            {
                Other = ("ranges", AccessExclusive),
            },
            new("LOCK TABLE plain IN SHARE MODE", "plain", Share),
            new("INSERT INTO plain VALUES (1)", "plain", RowExclusive),
            new("DO 'BEGIN UPDATE plain SET id = id + 1; END'", "plain", RowExclusive, Scans: true),
            new("DELETE FROM plain", "plain", RowExclusive, Scans: true),
            new("DO 'BEGIN PERFORM FROM plain FOR UPDATE; END'", "plain", RowShare, Scans: true),
        ];

    /// <summary>Those that cannot run in a transaction. The documentation names the locks of CONCURRENTLY.</summary>
    public static IEnumerable<StatementCase> Outside =>
        [
            new("VACUUM FULL t", "t", AccessExclusive, Rewrites: true, Scans: true),
            new("CREATE INDEX CONCURRENTLY i ON t (n)", "t", ShareUpdateExclusive, Scans: true),
            new("REINDEX TABLE CONCURRENTLY t", "t", ShareUpdateExclusive, Scans: true),
        ];

    private static StatementCase Rewriting(string sql) => new(sql, "t", AccessExclusive, Rewrites: true, Scans: true);

    private static StatementCase Scanning(string sql, LockMode mode) => new(sql, "t", mode, Scans: true);
}
