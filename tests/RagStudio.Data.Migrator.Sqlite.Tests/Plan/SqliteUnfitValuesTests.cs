using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Plan;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>Compares with SQLite's own conversion of values that are copied into a column of another type.</summary>
public sealed class SqliteUnfitValuesTests
{
    [TestCase("TEXT", "INTEGER", "'12' '-5' NULL", "'007' 'abc' '1.5' '' '9223372036854775808' x'00'")]
    [TestCase("TEXT", "REAL", "'12' '1.50' '0.5' '1e3' NULL", "'007' 'abc' '12345678901234567' x'00'")]
    [TestCase("TEXT", "NUMERIC", "'12' '1.50' NULL", "'007' 'abc' ''")]
    [TestCase("REAL", "INTEGER", "12.0 -3 NULL", "12.5 1e300 'abc'")]
    [TestCase("INTEGER", "REAL", "5 NULL 9007199254740992", "9007199254740993")]
    [TestCase("INTEGER", "TEXT", "5 1.5 'abc' NULL", "x'00'")]
    [TestCase("BLOB", "TEXT", "'abc' 5 NULL", "x'00'")]
    [TestCase("INTEGER", "BLOB", "5 'abc' x'00' NULL", "")]
    [TestCase("BOOLEAN", "INTEGER", "1 0 NULL", "'yes'")]
    public void Find_counts_the_values_that_are_not_kept(string from, string to, string fit, string unfit)
    {
        using var connection = Open($"CREATE TABLE t (c {from})");
        foreach (var value in $"{fit} {unfit}".Split(' '))
        {
            if (value.Length > 0)
            {
                Execute(connection, $"INSERT INTO t VALUES ({value})");
            }
        }

        var found = SqliteUnfitValues.Find(Alter(to), new ColumnSchema("c", from, true, null, 0, false));

        var expected = unfit.Length == 0 ? 0 : unfit.Split(' ').Length;
        Assert.That(found is null ? 0 : Count(connection, found.Condition), Is.EqualTo(expected));
        Assert.That(found?.AreLost ?? true);
    }

    [TestCase(10, 5, 1)]
    [TestCase(null, 5, 1)]
    [TestCase(5, 10, null)]
    [TestCase(5, 5, null)]
    [TestCase(5, null, null)]
    public void Find_counts_what_is_longer_than_a_shorter_length_and_is_kept_all_the_same(
        int? before,
        int? after,
        int? expected
    )
    {
        using var connection = Open("CREATE TABLE t (c TEXT)", "INSERT INTO t VALUES ('12345'), ('123456'), (NULL)");
        var alter = Alter("TEXT");
        (alter.MaxLength, alter.OldColumn.MaxLength) = (after, before);

        var found = SqliteUnfitValues.Find(alter, new ColumnSchema("c", "TEXT", true, null, 0, false));

        Assert.That(found is null ? (long?)null : Count(connection, found.Condition), Is.EqualTo(expected));
        Assert.That(found?.AreLost ?? false, Is.False);
    }

    [TestCase(typeof(long), 1)]
    [TestCase(typeof(bool?), 1)]
    [TestCase(typeof(DayOfWeek), 1)]
    [TestCase(typeof(double), 1)]
    [TestCase(typeof(string), 0)]
    [TestCase(typeof(decimal), 0)]
    [TestCase(typeof(DateTime), 0)]
    [TestCase(typeof(byte[]), 0)]
    public void Find_knows_the_type_that_EF_gives_where_the_operation_names_none(Type type, int expected)
    {
        using var connection = Open("CREATE TABLE t (c TEXT)", "INSERT INTO t VALUES ('abc')");

        var found = SqliteUnfitValues.Find(Alter(null, type), new ColumnSchema("c", "TEXT", true, null, 0, false));

        Assert.That(found is null ? 0 : Count(connection, found.Condition), Is.EqualTo(expected));
    }

    private static AlterColumnOperation Alter(string? to, Type? type = null) =>
        new()
        {
            Table = "t",
            Name = "c",
            ColumnType = to,
            ClrType = type ?? typeof(string),
        };

    private static SqliteConnection Open(params string[] statements)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var statement in statements)
        {
            Execute(connection, statement);
        }
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static long Count(SqliteConnection connection, string condition)
    {
        using var command = new SqliteCommand($"SELECT count(*) FROM t WHERE {condition}", connection);
        return (long)command.ExecuteScalar()!;
    }
}
