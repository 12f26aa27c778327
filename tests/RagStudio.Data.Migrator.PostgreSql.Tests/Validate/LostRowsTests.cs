using System.Globalization;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class LostRowsTests
{
    /// <summary>As many as the application deletes during a run; RAGSTUDIO_LOST_ROWS changes it.</summary>
    private static readonly int Rows = int.Parse(
        Environment.GetEnvironmentVariable("RAGSTUDIO_LOST_ROWS") ?? "100000",
        CultureInfo.InvariantCulture
    );

    [Test]
    public async Task What_the_application_deletes_during_a_run_is_not_lost_by_the_run()
    {
        await using var shop = await NewAsync(Rows);

        var summary = await shop.MigrateWithAsync(
            new ServerCode(async (_, _) => await shop.Database.ExecuteAsync("DELETE FROM log"))
        );

        Assert.That(summary.Success, Is.True);
        Assert.That(await shop.CountAsync("log"), Is.Zero);
    }

    [Test]
    public async Task What_the_run_deletes_is_found_exactly_while_the_application_deletes_and_inserts()
    {
        await using var shop = await NewAsync(Rows);

        var failed = Assert.ThrowsAsync<ValidationFailedException>(() =>
            shop.MigrateWithAsync(
                new ServerCode(
                    async (connection, _) =>
                    {
                        await shop.Database.ExecuteAsync("DELETE FROM log WHERE id % 2 = 0");
                        await Sql.ExecuteAsync(connection, "DELETE FROM log WHERE id IN (1, 3, 5)");
                        await shop.Database.ExecuteAsync(
                            $"INSERT INTO log SELECT generate_series({Rows + 1}, {Rows * 2})"
                        );
                    }
                )
            )
        );

        Assert.That(Losses(failed!), Is.EqualTo(new[] { "log: 'log' has lost 3 row(s)" }));
        Assert.That(await shop.CountAsync("log WHERE id IN (1, 3, 5)"), Is.EqualTo(3));
    }

    [TestCase("log", TestName = "Rows_that_come_back_with_a_savepoint_are_not_lost (others write)")]
    [TestCase("orders", TestName = "Rows_that_come_back_with_a_savepoint_are_not_lost (locked by the run)")]
    public async Task Rows_that_come_back_with_a_savepoint_are_not_lost(string table)
    {
        await using var shop = await NewAsync(1000);

        var summary = await shop.MigrateWithAsync(
            new ServerCode(
                async (connection, transaction) =>
                {
                    await transaction.SaveAsync("try");
                    await Sql.ExecuteAsync(connection, $"DELETE FROM {table} WHERE id <= 5");
                    await transaction.RollbackAsync("try");
                    await shop.Database.ExecuteAsync("DELETE FROM log WHERE id > 500");
                }
            )
        );

        Assert.That(summary.Success, Is.True);
        Assert.That(await shop.CountAsync(table + " WHERE id <= 5"), Is.EqualTo(5));
    }

    [Test]
    public async Task Rows_that_were_inserted_and_rolled_back_do_not_hide_lost_ones()
    {
        await using var shop = await NewAsync(1000);

        var failed = Assert.ThrowsAsync<ValidationFailedException>(() =>
            shop.MigrateWithAsync(
                new ServerCode(
                    async (connection, transaction) =>
                    {
                        await transaction.SaveAsync("try");
                        await Sql.ExecuteAsync(connection, "INSERT INTO log SELECT generate_series(2001, 2100)");
                        await transaction.RollbackAsync("try");
                        await Sql.ExecuteAsync(connection, "DELETE FROM log WHERE id <= 5");
                        await shop.Database.ExecuteAsync("INSERT INTO log SELECT generate_series(3001, 3100)");
                    }
                )
            )
        );

        Assert.That(Losses(failed!), Is.EqualTo(new[] { "log: 'log' has lost 5 row(s)" }));
    }

    [Test]
    public async Task A_loss_is_found_by_counting_while_others_write_and_no_more_than_it()
    {
        await using var shop = await NewAsync(20_000);
        await using var clients = await Clients.StartAsync(
            shop.Database.ConnectionString,
            2,
            "DELETE FROM log WHERE id = (SELECT min(id) FROM log WHERE id > 100)"
        );

        var failed = Assert.ThrowsAsync<ValidationFailedException>(() =>
            shop.MigrateWithAsync(
                new ServerCode(
                    async (connection, transaction) =>
                    {
                        await transaction.SaveAsync("try");
                        await Sql.ExecuteAsync(connection, "DELETE FROM log WHERE id <= 50");
                        await transaction.RollbackAsync("try");
                        await Sql.ExecuteAsync(connection, "DELETE FROM log WHERE id <= 100");
                        await clients.RunAsync(50);
                    }
                )
            )
        );

        var lost = failed!.Reports.Single().Errors.Single();
        Assert.That(lost.Table, Is.EqualTo("log"));
        var rows = int.Parse(lost.Detail.Split("has lost ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.That(rows, Is.InRange(1, 100));
    }

    private static IEnumerable<string> Losses(ValidationFailedException failed) =>
        failed.Reports.Single().Errors.Select(error => $"{error.Table}: {error.Detail.Split(',')[0]}");

    private static Task<ShopDatabase> NewAsync(int rows) =>
        SequenceTests.NewAsync(
            $"CREATE TABLE log (id bigint PRIMARY KEY); INSERT INTO log SELECT generate_series(1, {rows})"
        );
}
