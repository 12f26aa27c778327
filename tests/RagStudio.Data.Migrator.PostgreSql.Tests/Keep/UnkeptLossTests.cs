using System.Diagnostics;
using System.Runtime.Versioning;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>What a run drops and cannot keep.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UnkeptLossTests
{
    [Test]
    public async Task It_is_refused_unless_its_loss_is_accepted()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<LogShop>().MigrateAsync();

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            shop.Manager<KeylessShop>(options: Consent).MigrateAsync()
        );
        Assert.That(refused!.Message, Does.Contain("no unique key").And.Contain("--unkept-loss lose-forever"));
        Assert.That(
            refused.Message,
            Does.Contain("PostgreSqlDatabaseOptions.UnkeptLoss").And.Contain("Nothing was changed")
        );
        Assert.That(await shop.CountAsync("log WHERE text = 'one'"), Is.EqualTo(1));

        var lost = await Manager<KeylessShop>(shop, UnkeptLossPolicy.LoseForever).MigrateAsync();
        var reverted = await Manager<KeylessShop>(shop, UnkeptLossPolicy.Refuse)
            .RollbackToVersionAsync(CreateLog.Version);

        Assert.That(lost.DroppedData.Single().Fate, Is.EqualTo(DroppedDataFate.Lost));
        Assert.That(lost.DroppedData.Single().What, Is.EqualTo("public.log (text)"));
        Assert.That(reverted.DroppedData.Single().Fate, Is.EqualTo(DroppedDataFate.NotReturned));
        Assert.That(reverted.DroppedData.Single().Note, Does.Contain("lost by consent"));
        Assert.That(
            await DetailAsync<KeylessShop>(shop, MigrationEvent.Applied),
            Does.Contain("KeepsakeLimit").And.Contain("It is lost.")
        );
    }

    [Test]
    public async Task A_dump_is_made_first_and_the_rollback_tells_the_command_that_brings_its_rows_back()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await shop.Manager<FirstShop>().MigrateAsync();
        await AllowScratchAsync(shop);
        var manager = Manager<WithoutOrders>(shop, UnkeptLossPolicy.Dump, folder);

        var summary = await manager.MigrateAsync();
        var reverted = await manager.RollbackToVersionAsync(CreateOrders.Version);

        var set = (await manager.Backups.ListAsync()).Single();
        Assert.That(set.Verified);
        Assert.That(set.Databases.Single().Rows!["orders"], Is.EqualTo(10));
        Assert.That(summary.BackupId, Is.EqualTo(set.Id));
        Assert.That(summary.DroppedData.Single().Fate, Is.EqualTo(DroppedDataFate.InBackupSet));
        Assert.That(summary.DroppedData.Single().Reference, Is.EqualTo(set.Id));
        Assert.That(await DetailAsync<WithoutOrders>(shop, MigrationEvent.Applied), Does.Contain(set.Id));
        Assert.That(await shop.CountAsync("orders"), Is.Zero);
        var note = reverted.DroppedData.Single().Note;
        Assert.That(note, Does.Contain($"The backup set '{set.Id}' has it: pg_restore --data-only"));
        await ShellAsync(shop, note[note.IndexOf("pg_restore", StringComparison.Ordinal)..]);
        Assert.That(await shop.CountAsync("orders WHERE name = 'order ' || id"), Is.EqualTo(10));
    }

    [Test]
    public async Task Rows_written_after_the_dump_began_refuse_the_run()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await shop.Manager<FirstShop>().MigrateAsync();
        await AllowScratchAsync(shop);
        var written = 0;
        // The snapshot of the dump is older than its first byte.
        var writer = new Watcher(at =>
        {
            if (at is { Phase: MigrationPhase.BackUp, Completed: > 0 } && Interlocked.Exchange(ref written, 1) == 0)
            {
                shop.Database.ExecuteAsync("UPDATE orders SET name = 'newer' WHERE id = 3").GetAwaiter().GetResult();
            }
        });

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            Manager<WithoutOrders>(shop, UnkeptLossPolicy.Dump, folder).MigrateAsync(writer)
        );

        Assert.That(refused!.Message, Does.Contain("1 row of the table were written after the backup set '"));
        Assert.That(await shop.CountAsync("orders WHERE name = 'newer'"), Is.EqualTo(1));
        Assert.That(await shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
    }

    [Test]
    public async Task A_dump_that_cannot_be_checked_by_a_restore_refuses_the_run()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await shop.Manager<FirstShop>().MigrateAsync();

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            Manager<WithoutOrders>(shop, UnkeptLossPolicy.Dump, folder).MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("could not be checked by a restore").And.Contain("CREATEDB"));
        Assert.That(await shop.CountAsync("orders"), Is.EqualTo(10));
    }

    [Test]
    public async Task An_external_backup_is_asked_for_what_is_lost_and_its_id_is_recorded()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        ExternalBackupRequest? asked = null;

        var failed = Assert.ThrowsAsync<PlanRefusedException>(() =>
            External(shop, (_, _) => throw new IOException("the tape is full")).MigrateAsync()
        );
        var nameless = Assert.ThrowsAsync<PlanRefusedException>(() =>
            External(shop, (_, _) => Task.FromResult(" ")).MigrateAsync()
        );
        var late = Assert.ThrowsAsync<PlanRefusedException>(() =>
            External(
                    shop,
                    async (_, _) =>
                    {
                        await shop.Database.ExecuteAsync("INSERT INTO orders (name) VALUES ('order 11')");
                        return "too early";
                    }
                )
                .MigrateAsync()
        );
        Assert.That(await shop.CountAsync("orders"), Is.EqualTo(11));
        var manager = External(
            shop,
            (request, _) =>
            {
                asked = request;
                return Task.FromResult("snap-4711");
            }
        );
        var summary = await manager.MigrateAsync();

        Assert.That(failed!.Message, Does.Contain("the tape is full"));
        Assert.That(nameless!.Message, Does.Contain("must return an id"));
        Assert.That(
            late!.Message,
            Does.Contain("1 row of the table were written after the external backup 'too early'")
        );
        Assert.That(asked!.RunId, Is.EqualTo(summary.RunId));
        Assert.That(asked.Server, Does.EndWith("/" + shop.Database.Name));
        Assert.That(asked.Losses.Single(), Does.Contain("the table 'public.orders'").And.Contain("KeepsakeLimit (0)"));
        Assert.That(summary.DroppedData.Single().Reference, Is.EqualTo("snap-4711"));
        Assert.That(
            await DetailAsync<WithoutOrders>(shop, MigrationEvent.Applied),
            Does.Contain("the external backup 'snap-4711'")
        );
        var set = (await manager.Backups.ListAsync()).Single();
        Assert.That(set.Elsewhere.Single(), Does.Contain("snap-4711"));
        Assert.That(set.IsKept, Is.False);
        Assert.That(await manager.Backups.PruneAsync(), Is.Empty);
        Assert.That(await manager.Backups.VerifyAsync(), Is.Empty, "nothing of it is here");
        var reverted = await manager.RollbackToVersionAsync(CreateOrders.Version);
        Assert.That(reverted.DroppedData.Single().Note, Does.Contain("The external backup 'snap-4711' has it."));
    }

    [Test]
    public async Task A_restore_point_is_created_only_where_the_archive_works()
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Settings = new Dictionary<string, string>
                {
                    ["archive_mode"] = "on",
                    ["archive_command"] = "'false'",
                    ["wal_level"] = "replica",
                },
            }
        );
        await using var shop = await ShopDatabase.CreateAsync(server);
        await shop.Manager<FirstShop>().MigrateAsync();
        var manager = Manager<WithoutOrders>(shop, UnkeptLossPolicy.RestorePoint);

        var forbidden = Assert.ThrowsAsync<PlanRefusedException>(() => manager.MigrateAsync());
        await server.ExecuteAsync(
            $"GRANT EXECUTE ON FUNCTION pg_create_restore_point(text), pg_switch_wal() TO {shop.Database.Owner.Name}",
            shop.Database.Name
        );
        var failing = Assert.ThrowsAsync<PlanRefusedException>(() => manager.MigrateAsync());
        var archive = Path.Combine(server.DataFolder, "archived");
        await server.ExecuteAsync("COPY (SELECT 1) TO PROGRAM 'mkdir archived'");
        await server.ExecuteAsync("ALTER SYSTEM SET archive_command = 'cp %p archived/%f'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        var summary = await manager.MigrateAsync();

        Assert.That(forbidden!.Message, Does.Contain("GRANT EXECUTE ON FUNCTION pg_create_restore_point(text)"));
        Assert.That(failing!.Message, Does.Contain("archiving fails").And.Contain("pg_stat_archiver"));
        var data = summary.DroppedData.Single();
        Assert.That(data.Fate, Is.EqualTo(DroppedDataFate.BeforeRestorePoint));
        Assert.That(data.Reference, Is.EqualTo($"migrator_{summary.RunId}_1"));
        Assert.That((await manager.Backups.ListAsync()).Single().Elsewhere.Single(), Does.Contain(data.Reference!));
        // The archive has the point, and the drop of the table after it.
        await server.ExecuteAsync("SELECT pg_switch_wal()");
        await Condition.HoldsAsync(
            "the archive has the restore point",
            async () =>
                (await server.ScalarAsync<string[]>("SELECT array_agg(n) FROM pg_ls_dir('archived') n"))
                    .Select(name => File.ReadAllText(Path.Combine(archive, name)))
                    .Any(text => text.Contains(data.Reference!, StringComparison.Ordinal))
        );
    }

    [Test]
    public async Task A_server_without_an_archive_has_no_restore_point()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            Manager<WithoutOrders>(shop, UnkeptLossPolicy.RestorePoint).MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("Set archive_mode"));
        Assert.That(await shop.CountAsync("orders"), Is.EqualTo(10));
    }

    [Test]
    public async Task A_role_that_may_not_read_what_another_has_kept_is_refused()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Manager<WithoutOrders>(options: Consent).MigrateAsync();
        var other = await shop.Database.CreateRoleAsync();
        var owner = shop.Database.Owner.Name;
        await Sql.ExecuteAsync(
            shop.Database.SuperuserConnectionString,
            $"""
            GRANT ALL ON SCHEMA public TO {other.Name};
            GRANT ALL ON ALL TABLES IN SCHEMA public TO {other.Name};
            """
        );
        var mine = shop.Database.ConnectionStringFor(other);

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() =>
            shop.Manager<WithoutOrders>(mine, Consent).RollbackToVersionAsync(CreateOrders.Version)
        );
        Assert.That(await shop.AppliedAsync(), Does.Contain(RemoveOrders.Version));
        Assert.That(refused!.Message, Does.Contain($"the schema __migrator_kept of the role '{owner}'"));

        var reverted = await shop.Manager<WithoutOrders>(
                mine,
                Consent,
                options => options.UnkeptLoss = UnkeptLossPolicy.LoseForever
            )
            .RollbackToVersionAsync(CreateOrders.Version);
        Assert.That(reverted.DroppedData.Single().Fate, Is.EqualTo(DroppedDataFate.NotReturned));
        Assert.That(reverted.DroppedData.Single().Note, Does.Contain(owner));
        await Sql.ExecuteAsync(shop.Database.SuperuserConnectionString, $"DROP OWNED BY {other.Name}");
    }

    private static void Consent(MigrationOptions options) => options.AllowDestructive = true;

    private static IMigrationManager Manager<TContext>(
        ShopDatabase shop,
        UnkeptLossPolicy policy,
        TemporaryFolder? folder = null
    )
        where TContext : Microsoft.EntityFrameworkCore.DbContext =>
        shop.Manager<TContext>(
            options: options => (options.AllowDestructive, options.BackupDirectory) = (true, folder?.Path),
            database: options => (options.UnkeptLoss, options.KeepsakeLimit) = (policy, 0)
        );

    private static IMigrationManager External(
        ShopDatabase shop,
        Func<ExternalBackupRequest, CancellationToken, Task<string>> backUp
    ) =>
        shop.Manager<WithoutOrders>(
            options: Consent,
            database: options =>
                (options.UnkeptLoss, options.KeepsakeLimit, options.ExternalBackup) = (
                    UnkeptLossPolicy.External,
                    0,
                    backUp
                )
        );

    private static async Task<string?> DetailAsync<TContext>(ShopDatabase shop, MigrationEvent what)
        where TContext : Microsoft.EntityFrameworkCore.DbContext =>
        (await shop.Manager<TContext>().GetHistoryAsync()).First(record => record.Event == what).Detail;

    private static Task AllowScratchAsync(ShopDatabase shop) =>
        Sql.ExecuteAsync(shop.Database.Server.ConnectionString, $"ALTER ROLE {shop.Database.Owner.Name} CREATEDB");

    private static Task<string> ShellAsync(ShopDatabase shop, string command)
    {
        var given = new NpgsqlConnectionStringBuilder(shop.Database.ConnectionString);
        var start = new ProcessStartInfo("sh", ["-c", command]);
        start.Environment["PATH"] = $"{PostgresBinaries.Require().Folder}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["PGHOST"] = given.Host;
        start.Environment["PGPORT"] = given.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = given.Username;
        start.Environment["PGPASSWORD"] = given.Password;
        return Command.RunAsync(start);
    }

    private sealed class Watcher(Action<MigrationProgress> report) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => report(value);
    }
}
