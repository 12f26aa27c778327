using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

[TestFixture(false)]
[TestFixture(true)]
public sealed class FlushTests(bool isCompiled) : ShopTest(isCompiled)
{
    private const long Normal = 1;
    private const long Full = 2;

    [TestCase("WAL", true, Normal)]
    [TestCase("WAL", false, Full)]
    [TestCase("DELETE", true, Full)]
    public async Task Commits_are_flushed_together_where_a_power_failure_undoes_them_all(
        string journalMode,
        bool isUndone,
        long expected
    )
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        Shop.Execute($"PRAGMA journal_mode = {journalMode}");
        var seen = new List<long>();

        await MigrateAsync(seen, new MigrationOptions { RollbackOnFailure = isUndone });

        Assert.That(seen, Is.EqualTo(new[] { expected }));
    }

    [Test]
    public async Task The_first_migrations_of_a_new_database_are_flushed_together_too()
    {
        var seen = new List<long>();

        await MigrateAsync(seen);

        Assert.That(seen, Is.EqualTo(new[] { Normal }));
    }

    [Test]
    public async Task The_flush_leaves_the_application_its_version()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        Shop.Execute("PRAGMA user_version = -7");

        await MigrateAsync([]);

        Assert.That(Shop.Scalar<long>("PRAGMA user_version"), Is.EqualTo(-7));
        Assert.That(Shop.Scalar<string>("SELECT customer FROM orders WHERE id = 2"), Is.EqualTo("customer 2"));
    }

    /// <summary>Records the synchronous setting of the run's connection when a migration commits.</summary>
    private Task<MigrationSummary> MigrateAsync(List<long> seen, MigrationOptions? options = null) =>
        MigratorFactory
            .Create(
                migrator =>
                    migrator
                        .AddSqliteDatabase<ShopContext>(
                            "shop",
                            $"Data Source={Shop.PathOf("shop")}",
                            sqlite => sqlite.MigrationsAssembly = IsCompiled ? CompiledAssembly.Of<ShopContext>() : null
                        )
                        .AddCode("shop", TrimCustomers.Version, CodeMoment.After, _ => new Look(seen)),
                options
            )
            .MigrateAsync();

    private sealed class Look(List<long> seen) : IMigrationCode
    {
        public string Name => "look";

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            if (!context.IsReplay)
            {
                using var command = new SqliteCommand("PRAGMA synchronous", (SqliteConnection)context.Connection);
                command.Transaction = (SqliteTransaction)context.Transaction;
                seen.Add((long)command.ExecuteScalar()!);
            }
            return Task.CompletedTask;
        }
    }
}
