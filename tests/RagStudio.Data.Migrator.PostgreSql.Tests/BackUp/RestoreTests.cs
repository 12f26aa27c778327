using RagStudio.Data.Migrator.PostgreSql.BackUp;

namespace RagStudio.Data.Migrator.PostgreSql.Tests.BackUp;

public sealed class RestoreTests
{
    private const string Names = "SELECT string_agg(name, ',' ORDER BY id) FROM orders";

    [Test]
    public async Task RestoreAsync_brings_back_every_row_and_keeps_what_it_replaces()
    {
        await using var shop = await DumpedShop.CreateAsync();
        var before = await shop.Database.ScalarAsync<string>(Names);
        var set = (await shop.Manager().Backups.CreateAsync())!;
        await shop.Database.ExecuteAsync("UPDATE orders SET name = 'spoilt'; DELETE FROM orders WHERE id > 5");

        var summary = await shop.Manager().RestoreAsync(set.Id);

        Assert.That(await shop.Database.ScalarAsync<string>(Names), Is.EqualTo(before));
        Assert.That(await shop.Shop.AppliedAsync(), Is.EqualTo(new[] { CreateOrders.Version }));
        var kept = (await shop.OthersAsync()).Single();
        Assert.That(summary.Replaced.Single(), Is.EqualTo($"the database '{kept}'"));
        Assert.That(summary.SafetyBackupId, Is.Null);
        Assert.That(kept, Does.StartWith(shop.Database.Name + "__replaced_"));
        Assert.That(
            await Sql.ScalarAsync<long>(shop.Replaced(kept), "SELECT count(*) FROM orders WHERE name = 'spoilt'"),
            Is.EqualTo(5)
        );
        var last = (await shop.Manager().GetHistoryAsync()).First(record => record.Event == MigrationEvent.Restored);
        Assert.That(last.Detail, Does.Contain(set.Id).And.Contain(kept));
        // The restored database is one like any other.
        Assert.That((await shop.Manager().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        await shop.Database.ExecuteAsync("INSERT INTO orders (name) VALUES ('new')");
        await shop.Shop.Manager<SecondShop>().MigrateAsync();
    }

    [Test]
    public async Task The_owner_the_encoding_the_privileges_the_settings_and_the_comment_stay()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var shop = await DumpedShop.CreateAsync(server);
        var (name, other) = (shop.Database.Name, await shop.Database.CreateRoleAsync());
        await shop.AsSuperuserAsync(
            $"""
            REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {name} TO {other.Name} WITH GRANT OPTION;
            ALTER DATABASE {name} SET search_path = "$user", public;
            ALTER DATABASE {name} SET "shop.tenant" = 'it''s one';
            ALTER DATABASE {name} SET work_mem = '5MB';
            ALTER DATABASE {name} CONNECTION LIMIT 77;
            COMMENT ON DATABASE {name} IS 'the shop''s';
            """
        );
        await shop.Database.ExecuteAsync($"GRANT SELECT ON orders TO {other.Name}");
        var before = await DescribeAsync(shop);
        var set = (await shop.Manager().Backups.CreateAsync())!;
        var refused = Assert.CatchAsync<MigrationException>(() => shop.Manager().RestoreAsync(set.Id));
        Assert.That(refused!.Message, Does.Contain("setting 'shop.tenant' cannot be carried over"));
        Assert.That(await shop.OthersAsync(), Is.Empty);

        await shop.Manager(shop.Database.SuperuserConnectionString).RestoreAsync(set.Id);

        Assert.That(await DescribeAsync(shop), Is.EqualTo(before));
        Assert.That(
            await shop.Database.ScalarAsync<string>("SELECT current_setting('shop.tenant')"),
            Is.EqualTo("it's one")
        );
        Assert.That(
            await Sql.ScalarAsync<long>(shop.Database.ConnectionStringFor(other), "SELECT count(*) FROM orders"),
            Is.EqualTo(10)
        );
    }

    [Test]
    public async Task An_application_that_is_connected_fails_for_less_than_a_second_and_then_works()
    {
        await using var shop = await DumpedShop.CreateAsync();
        await shop.Database.ExecuteAsync(
            "INSERT INTO orders (name) SELECT 'order ' || n FROM generate_series(11, 50000) n"
        );
        var set = (await shop.Manager().Backups.CreateAsync())!;
        await using var clients = await Clients.StartAsync(
            shop.Database.ConnectionString,
            3,
            "UPDATE orders SET name = name WHERE id = 1",
            connectsAgain: true
        );
        await clients.RunAsync(100);

        await shop.Manager().RestoreAsync(set.Id);

        await clients.RunAsync(100);
        var report = await clients.EndAsync();
        await TestContext.Out.WriteLineAsync(
            $"the longest time between two successes: {report.LongestGap.TotalMilliseconds:0} ms; {report.Failures.Count} failures"
        );
        Assert.That(report.Failures, Is.Not.Empty, "the clients were connected");
        Assert.That(report.LongestGap, Is.LessThan(TimeSpan.FromSeconds(Tolerance)));
        Assert.That(await shop.Shop.CountAsync("orders"), Is.EqualTo(50_000));
    }

    [Test]
    public async Task Sessions_that_the_role_may_not_end_refuse_the_restore_and_go_on()
    {
        await using var shop = await DumpedShop.CreateAsync();
        var set = (await shop.Manager().Backups.CreateAsync())!;
        await using var session = await Sql.OpenAsync(shop.Database.SuperuserConnectionString);

        var refused = Assert.CatchAsync<MigrationException>(() => shop.Manager().RestoreAsync(set.Id));

        Assert.That(refused!.Message, Does.Contain("may not end the sessions of 'postgres'"));
        Assert.That(refused.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(await Sql.ScalarAsync<int>(session, "SELECT 1"), Is.EqualTo(1));
        Assert.That(await shop.OthersAsync(), Is.Empty);
        Assert.That(await shop.Shop.CountAsync("orders"), Is.EqualTo(10));
    }

    [Test]
    public async Task A_role_that_may_not_create_databases_is_refused_and_nothing_changes()
    {
        await using var shop = await DumpedShop.CreateAsync();
        await shop.AsSuperuserAsync($"ALTER ROLE {shop.Database.Owner.Name} NOCREATEDB");
        var set = (await shop.Manager().Backups.CreateAsync())!;

        var refused = Assert.CatchAsync<MigrationException>(() => shop.Manager().RestoreAsync(set.Id));

        Assert.That(refused!.Message, Does.Contain("CREATEDB"));
        Assert.That(await shop.Shop.CountAsync("orders"), Is.EqualTo(10));
    }

    [Test]
    public async Task A_restore_whose_result_is_refused_leaves_the_database_and_drops_its_own()
    {
        await using var shop = await DumpedShop.CreateAsync();
        var role = await shop.Database.CreateRoleAsync();
        await Sql.ExecuteAsync(
            shop.Database.SuperuserConnectionString,
            $"CREATE TABLE others (id int); ALTER TABLE others OWNER TO {role.Name}; GRANT SELECT ON others TO {shop.Database.Owner.Name}"
        );
        var set = (await shop.Manager().Backups.CreateAsync())!;
        Assert.That(set.Verified, "what is in it can be restored by anybody");

        var refused = Assert.CatchAsync<MigrationException>(() => shop.Manager().RestoreAsync(set.Id));

        Assert.That(refused!.Message, Does.Contain("must be member of role").Or.Contain("must be able to SET ROLE"));
        Assert.That(refused.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(await shop.OthersAsync(), Is.Empty);
        Assert.That(await shop.Shop.CountAsync("orders"), Is.EqualTo(10));
        Assert.That((await shop.Manager().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public async Task Prepared_transactions_refuse_the_restore()
    {
        await using var shop = await DumpedShop.CreateAsync();
        var set = (await shop.Manager().Backups.CreateAsync())!;
        await shop.Database.ExecuteAsync("BEGIN; DELETE FROM orders WHERE id = 1; PREPARE TRANSACTION 'theirs'");

        var refused = Assert.CatchAsync<MigrationException>(() => shop.Manager().RestoreAsync(set.Id));

        Assert.That(refused!.Message, Does.Contain("1 prepared transactions"));
        Assert.That(await shop.OthersAsync(), Is.Empty);
    }

    [Test]
    public async Task A_restore_that_loses_the_answer_to_the_COMMIT_of_its_swap_knows_what_has_become_of_it()
    {
        await using var shop = await DumpedShop.CreateAsync();
        var set = (await shop.Manager().Backups.CreateAsync())!;
        var kept = 0;
        foreach (
            var fault in new[]
            {
                Fault.CutBeforeForwarding,
                Fault.CutAfterForwarding,
                Fault.CutBeforeAnswer,
                Fault.HalfOpenAfterForwarding,
            }
        )
        {
            await shop.Database.ExecuteAsync("UPDATE orders SET name = 'spoilt' WHERE id = 1");
            await using var proxy = new CuttingProxy(shop.Database.Server);
            var renamed = 0;
            var lost = proxy.On(text => IsCommitOfSwap(text, ref renamed), fault);
            var manager = shop.Manager(
                proxy.Through(shop.Database.ConnectionString),
                database => database.CommitTimeout = TimeSpan.FromSeconds(2),
                // It comes through a proxy, at another address than the set was made from.
                options => options.RestoreSetsOfOtherDatabases = true
            );

            var failed = await FailureAsync(manager.RestoreAsync(set.Id));

            Assert.That(lost.HasHappened, $"{fault}: {failed}");
            var isRestored = await shop.Shop.CountAsync("orders WHERE name = 'spoilt'") == 0;
            kept += isRestored ? 1 : 0;
            Assert.That(failed is null, Is.EqualTo(isRestored), $"{fault}: {failed}");
            // The server may not have read yet what is forwarded when the restore ends that session.
            Assert.That(
                fault == Fault.CutAfterForwarding || isRestored == (fault != Fault.CutBeforeForwarding),
                $"{fault}"
            );
            Assert.That((failed as MigrationException)?.DataState, Is.Null.Or.EqualTo(DataState.Restored), $"{failed}");
            Assert.That(await shop.OthersAsync(), Has.Length.EqualTo(kept), $"{fault}: nothing else is left");
        }
        Assert.That((await shop.Manager().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    /// <summary>The COMMIT that follows both renamings.</summary>
    private static bool IsCommitOfSwap(string text, ref int renamed)
    {
        renamed += text.Contains(" RENAME TO ", StringComparison.Ordinal) ? 1 : 0;
        return renamed == 2 && CuttingProxy.IsCommit(text);
    }

    private static async Task<Exception?> FailureAsync(Task work)
    {
        try
        {
            await work;
            return null;
        }
        catch (MigrationException failure)
        {
            return failure;
        }
    }

    [Test]
    public void A_name_of_63_bytes_is_cut_off_for_the_database_that_is_kept()
    {
        var name = Replacement.FormerNameOf(
            new string('ä', 31),
            new DateTimeOffset(2026, 7, 22, 10, 15, 0, TimeSpan.Zero)
        );

        Assert.That(name, Is.EqualTo(new string('ä', 16) + "__replaced_20260722T101500000Z"));
    }

    /// <summary>Seconds. The target is one; a machine that runs other tests at the same time gets more.</summary>
    private static double Tolerance => Rounds.AreFull ? 1 : 3;

    private static Task<string> DescribeAsync(DumpedShop shop) =>
        Sql.ScalarAsync<string>(
            shop.Database.Server.ConnectionString,
            $"""
            SELECT concat_ws(' | ', pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider,
                datconnlimit, (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(datacl) a), shobj_description(oid, 'pg_database'),
                (SELECT array_agg(c ORDER BY c) FROM pg_db_role_setting s, unnest(s.setconfig) c WHERE s.setdatabase = d.oid))
            FROM pg_database d WHERE datname = '{shop.Database.Name}'
            """
        );
}
