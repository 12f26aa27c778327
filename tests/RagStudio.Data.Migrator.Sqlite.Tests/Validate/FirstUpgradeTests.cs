using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

/// <summary>The first run of the migrator on a database that EF alone has made.</summary>
/// <param name="isCompiled">True if the application embeds compiled migrations.</param>
[TestFixture(false)]
[TestFixture(true)]
public sealed class FirstUpgradeTests(bool isCompiled) : ShopTest(isCompiled)
{
    private const string DropIndex = "DROP INDEX IX_orders_customer";
    private const string AddColumn = "ALTER TABLE orders ADD COLUMN note TEXT";
    private const string ChangeType = """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, '"customer" TEXT', '"customer" BLOB') WHERE name = 'orders';
        PRAGMA writable_schema = RESET;
        """;

    private readonly List<MigrationProgress> _replayed = [];

    private IProgress<MigrationProgress> Replays =>
        new Watch(step =>
        {
            if (step is { Check: "schema", Unit: ProgressUnit.Migrations, Completed: 0 })
            {
                _replayed.Add(step);
            }
        });

    [TestCase(RehearsalPolicy.Never)]
    [TestCase(RehearsalPolicy.Always)]
    public async Task The_schema_is_compared_and_recorded(RehearsalPolicy rehearsal)
    {
        await ApplyByEFAsync(IndexOrders.Version);

        var summary = await Shop.Manager<ShopContext>(options => options.RehearseBeforeMigrate = rehearsal)
            .MigrateAsync(Replays);

        var underLock = _replayed.Where(step => step.Phase != MigrationPhase.Record).Select(step => step.Total);
        _replayed.Clear();
        var status = await Shop.Manager<ShopContext>().GetStatusAsync(Replays);
        Assert.Multiple(() =>
        {
            Assert.That(
                summary.Reports.Single().Warnings.Select(warning => warning.Kind),
                Has.None.AnyOf(ValidationWarningKind.ExistingDamage, ValidationWarningKind.NotChecked)
            );
            // The two that the run applies, not the two that EF has applied.
            Assert.That(underLock, IsCompiled ? Is.Empty : Is.All.EqualTo(2));
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM __migrator_schema"), Is.EqualTo(1));
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            Assert.That(_replayed, Is.Empty, "the status");
        });
    }

    [Test]
    public async Task What_EF_has_applied_is_replayed_once_and_when_nothing_is_locked()
    {
        await ApplyByEFAsync(IndexOrders.Version);
        var rows = new List<long>();
        var manager = Shop.Manager(
            options => options.RehearseBeforeMigrate = RehearsalPolicy.Always,
            migrator =>
                migrator
                    .AddSqliteDatabase<ShopContext>(
                        "shop",
                        $"Data Source={Shop.PathOf("shop")}",
                        options => options.MigrationsAssembly = IsCompiled ? CompiledAssembly.Of<ShopContext>() : null
                    )
                    .AddCode("shop", CreateOrders.Version, CodeMoment.After, _ => new Looking(CountOrders, rows))
        );

        await manager.MigrateAsync();

        Assert.That(rows, Is.EqualTo(new long[] { 0 }));
    }

    [TestCase(DropIndex, "IX_orders_customer")]
    [TestCase(AddColumn, "note")]
    [TestCase(ChangeType, "customer")]
    public async Task What_was_changed_by_hand_is_named(string change, string name)
    {
        await ApplyByEFAsync(RequireCustomer.Version);
        Shop.Execute(change);

        var before = await Shop.Manager<ShopContext>().GetStatusAsync();
        var summary = await Shop.Manager<ShopContext>().MigrateAsync();
        var after = await Shop.Manager<ShopContext>().GetStatusAsync();

        var warning = summary
            .Reports.Single()
            .Warnings.Single(found => found.Kind == ValidationWarningKind.ExistingDamage);
        var report = await File.ReadAllTextAsync(Path.Combine(Shop.Backups, summary.BackupId!, "report.json"));
        Assert.Multiple(() =>
        {
            Assert.That(before.Databases.Single().Drift.Single(), Does.Contain($"'{name}'"));
            Assert.That(warning.Detail, Does.Contain($"'{name}'"));
            Assert.That(report, Does.Contain("that this run did not cause"));
            Assert.That(after.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
        });
    }

    [Test]
    public async Task A_status_of_compiled_migrations_replays_only_what_differs()
    {
        await ApplyByEFAsync(TrimCustomers.Version);

        await Shop.Manager<ShopContext>().GetStatusAsync(Replays);
        Assert.That(_replayed, Has.Count.EqualTo(IsCompiled ? 0 : 1));

        Shop.Execute(DropIndex);
        _replayed.Clear();
        await Shop.Manager<ShopContext>().GetStatusAsync(Replays);
        Assert.That(_replayed, Has.Count.EqualTo(1));
    }

    private async Task ApplyByEFAsync(string version)
    {
        var options = new DbContextOptionsBuilder<ShopContext>().UseSqlite(
            $"Data Source={Shop.PathOf("shop")};Pooling=False"
        );
        await using var context = new ShopContext(options.Options);
        await context.GetService<IMigrator>().MigrateAsync(version);
    }

    /// <summary>Fails at once while a run holds the file.</summary>
    private long CountOrders()
    {
        using var connection = new SqliteConnection(
            $"Data Source={Shop.PathOf("shop")};Mode=ReadOnly;Pooling=False;Default Timeout=1"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM orders";
        return (long)command.ExecuteScalar()!;
    }

    private sealed class Watch(Action<MigrationProgress> report) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => report(value);
    }

    private sealed class Looking(Func<long> look, List<long> seen) : IMigrationCode
    {
        public string Name => "looking";

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            seen.Add(look());
            return Task.CompletedTask;
        }
    }
}
