using Microsoft.EntityFrameworkCore;
using Npgsql;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All)]
public sealed class CopyTests
{
    private CopiedPair _pair = null!;

    [SetUp]
    public async Task Fill_the_files() => _pair = await CopiedPair.CreateAsync();

    [TearDown]
    public async Task Remove_them() => await (_pair?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task CopyAsync_copies_every_value_there_and_back_again()
    {
        var reports = new List<MigrationProgress>();
        var there = await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync(new CopyWatcher(reports.Add));
        var back = _pair.NewFolder();
        var returned = await CopyHost.Copy(_pair.Server, back).CopyAsync();

        Assert.That(
            there.Tables.Select(table => (table.Table, table.Rows)),
            Is.EquivalentTo(new[] { ("things", 20L), ("owners", 3L), ("log_lines", 40L) })
        );
        Assert.That(returned.Tables, Is.EquivalentTo(there.Tables), "the hashes are those of the model's values");
        await using var before = CopiedPair.Things(_pair.Files);
        await using var server = CopiedPair.Things(_pair.Server);
        await using var after = CopiedPair.Things(back);
        var (first, second, third) = (await ReadAsync(before), await ReadAsync(server), await ReadAsync(after));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(third, Is.EqualTo(first));
        await using var log = CopiedPair.Log(back);
        Assert.That(
            (await log.Lines.FirstAsync(line => line.Id == 3)).Data,
            Is.EqualTo("""{"b" : 3,  "a":"\u0000", "c": 1.0}"""),
            "a text comes back byte for byte"
        );
        var added = new Thing { Name = "new" };
        after.Add(added);
        await after.SaveChangesAsync();
        Assert.That(added.Id, Is.EqualTo(100), "numbers that were given are not given again");
        var last = reports.Last(report => report.Unit == ProgressUnit.Rows);
        Assert.That(last.Total, Is.EqualTo(3 * 63));
        Assert.That(reports, Has.Some.Matches<MigrationProgress>(report => report.TimeLeft > TimeSpan.Zero));
    }

    [Test]
    public async Task The_source_is_marked_and_written_by_nobody_until_it_is_reopened()
    {
        await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync();
        foreach (var source in new[] { _pair.Files, _pair.Server })
        {
            if (source == _pair.Server)
            {
                await CopyHost.Copy(_pair.Server, _pair.NewFolder()).CopyAsync();
            }
            var manager = CopyHost.Manager(source);
            var moved = Assert.ThrowsAsync<DatabaseMovedException>(() => manager.MigrateAsync())!;
            Assert.That(moved.Message, Does.Contain("copied to").And.Not.Contain(_pair.Database.Owner.Password));
            Assert.ThrowsAsync<DatabaseMovedException>(() => manager.RollbackToVersionAsync("0"));
            Assert.ThrowsAsync<DatabaseMovedException>(() => manager.AcceptAsync("CreateThings", "no"));
            Assert.ThrowsAsync<DatabaseMovedException>(() =>
                CopyHost.Copy(source, source == _pair.Files ? _pair.Server : _pair.NewFolder()).CopyAsync()
            );
            var status = await manager.GetStatusAsync();
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Moved));
            Assert.That(status.Databases.Select(database => database.MovedTo), Is.All.EqualTo(moved.Destination));
            Assert.That(status.Databases.SelectMany(database => database.Unknown.Concat(database.Drift)), Is.Empty);
            Assert.That(
                (await manager.GetHistoryAsync()).Count(line => line.Event == MigrationEvent.Moved),
                Is.EqualTo(2)
            );
            await using (var context = CopiedPair.Things(source))
            {
                context.Add(new Owner { Id = "late" });
                var refused = Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync())!;
                Assert.That(refused.InnerException!.Message, Does.Contain("has moved"));
            }
            Assert.That(await manager.ReopenAsync("a test"), Is.EqualTo(["things", "log"]));
            await manager.MigrateAsync();
            Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            await using (var context = CopiedPair.Things(source))
            {
                context.Add(new Owner { Id = $"late {source.Length}" });
                await context.SaveChangesAsync();
            }
        }
    }

    [Test]
    public async Task A_program_that_does_not_know_the_mark_takes_the_files_for_newer_ones()
    {
        await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync();
        // What such a program reads: the ids of EF's history, without the line that explains the last one.
        await using var context = CopiedPair.Things(_pair.Files);
        var applied = await context.Database.GetAppliedMigrationsAsync();
        Assert.That(applied.Last(), Is.GreaterThan(context.Database.GetMigrations().Last()));
    }

    [Test]
    public async Task Everything_that_does_not_fit_is_told_before_anything_is_written()
    {
        _pair.Execute(
            """
            UPDATE things SET Name = 'a' || char(0) || Id WHERE Id < 8;
            UPDATE things SET Note = 'more than ten characters' WHERE Id = 8;
            UPDATE things SET Document = '{"a": "\u0000"}' WHERE Id = 9;
            UPDATE things SET Document = '{"a": ' WHERE Id = 10;
            UPDATE things SET Amount = '0.00001' WHERE Id = 11;
            UPDATE things SET Amount = '1000000000000000' WHERE Id = 12;
            UPDATE things SET Ratio = 'much' WHERE Id = 13;
            UPDATE things SET At = 'tomorrow' WHERE Id = 14;
            UPDATE things SET Kind = 'Strange' WHERE Id = 15;
            UPDATE things SET Taken = '1970-01-01 00:00:01.0000009+00:00' WHERE Id = 17;
            UPDATE things SET Payload = 'text' WHERE Id = 18;
            UPDATE things SET Note = CAST(X'ff' AS TEXT) WHERE Id = 19;
            """
        );
        var plan = await CopyHost.Copy(_pair.Files, _pair.Server).PlanAsync();
        var refused = Assert.ThrowsAsync<CopyRefusedException>(() =>
            CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync()
        )!;

        Assert.That(
            refused.Misfits.Select(misfit => $"{misfit.Table}.{misfit.Column} {misfit.Count} {misfit.Rows[0]}"),
            Is.EquivalentTo(
                new[]
                {
                    "things.Name 7 Id 1",
                    "things.Note 1 Id 8",
                    "things.Document 1 Id 9",
                    "things.Document 1 Id 10",
                    "things.Amount 1 Id 11",
                    "things.Amount 1 Id 12",
                    "things.Ratio 1 Id 13",
                    "things.At 1 Id 14",
                    "things.Kind 1 Id 15",
                    "things.Taken 1 Id 17",
                    "things.Payload 1 Id 18",
                    "things.Note 1 Id 19",
                }
            ),
            refused.Message
        );
        Assert.That(
            refused.Misfits.First(misfit => misfit.Column == "Name").Rows,
            Has.Count.EqualTo(CopyMisfit.MaxRows)
        );
        Assert.That(
            plan.Misfits.Select(misfit => $"{misfit with { Rows = [] }}"),
            Is.EquivalentTo(refused.Misfits.Select(misfit => $"{misfit with { Rows = [] }}"))
        );
        Assert.That(await TablesAsync(), Is.Zero);
        Assert.That(
            (await CopyHost.Manager(_pair.Files).GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate)
        );
    }

    [Test]
    public async Task A_table_that_no_model_knows_stops_the_copy_unless_it_may_stay_behind()
    {
        _pair.Execute("CREATE TABLE notes (id INTEGER); INSERT INTO notes VALUES (1)");
        Assert.That(
            () => CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync(),
            Throws.TypeOf<CopyRefusedException>().With.Message.Contains("'notes'")
        );
        Assert.That(await TablesAsync(), Is.Zero);
        var copied = await CopyHost
            .Copy(_pair.Files, _pair.Server, new CopyOptions { LeaveBehind = { "notes" } })
            .CopyAsync();
        Assert.That(copied.LeftBehind, Is.EqualTo(["notes"]));
    }

    [Test]
    public async Task A_target_with_rows_a_damaged_source_and_one_that_is_behind_are_refused()
    {
        await CopyHost.Manager(_pair.Server).MigrateAsync();
        await _pair.Database.ExecuteAsync("INSERT INTO owners (\"Id\") VALUES ('mine')");
        Assert.That(
            () => CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync(),
            Throws
                .TypeOf<CopyRefusedException>()
                .With.Message.Contains("'owners' 2")
                .And.Message.Contains("empty database")
        );
        await _pair.Database.ExecuteAsync("DELETE FROM owners WHERE \"Id\" = 'mine'");
        _pair.Execute("UPDATE things SET ParentId = 4711 WHERE Id = 5");
        var damaged = Assert.ThrowsAsync<CopyRefusedException>(() =>
            CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync()
        )!;
        Assert.That(damaged.Reports.Sum(report => report.ErrorCount), Is.EqualTo(1));
        _pair.Execute("UPDATE things SET ParentId = NULL WHERE Id = 5; DELETE FROM __EFMigrationsHistory");
        Assert.That(
            () => CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync(),
            Throws.TypeOf<CopyRefusedException>().With.Message.Contains("not up to date")
        );
        Assert.That(await _pair.Database.ScalarAsync<long>("SELECT count(*) FROM things"), Is.Zero);
        Assert.That(await _pair.Database.ScalarAsync<string>("SELECT \"Id\" FROM owners"), Is.EqualTo("seeded"));
        Assert.That(
            () => CopyHost.Copy(_pair.Files, _pair.Files).CopyAsync(),
            Throws.TypeOf<CopyRefusedException>().With.Message.Contains("both source and target")
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_target_that_has_only_what_its_migrations_write_is_accepted(bool toServer)
    {
        var (from, to) = (_pair.Files, _pair.Server);
        if (!toServer)
        {
            await CopyHost.Copy(from, to).CopyAsync();
            (from, to) = (to, _pair.NewFolder());
        }
        await CopyHost.Manager(to).MigrateAsync();
        await AllowScratchAsync();
        Assert.That((await CopyHost.Copy(from, to).PlanAsync()).IsComplete, Is.False);
        var copied = await CopyHost.Copy(from, to).CopyAsync();
        Assert.That(copied.Tables.Sum(table => table.Rows), Is.EqualTo(63));
        await using var things = CopiedPair.Things(to);
        Assert.That(await things.Owners.CountAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_row_that_somebody_writes_to_the_target_meanwhile_is_not_lost()
    {
        await CopyHost.Manager(_pair.Server).MigrateAsync();
        await AllowScratchAsync();
        var wrote = false;
        var failure = Assert.CatchAsync<MigrationException>(() =>
            CopyHost
                .Copy(_pair.Files, _pair.Server)
                .CopyAsync(
                    new CopyWatcher(step =>
                    {
                        // When everything has been found to be free, before the run begins.
                        if (!wrote && step is { Phase: MigrationPhase.Plan, Unit: ProgressUnit.Rows })
                        {
                            wrote = true;
                            using var connection = new NpgsqlConnection(_pair.Server);
                            connection.Open();
                            using var command = new NpgsqlCommand(
                                "INSERT INTO owners (\"Id\") VALUES ('mine')",
                                connection
                            );
                            command.ExecuteNonQuery();
                        }
                    })
                )
        )!;
        Assert.That(failure.Message, Does.Contain("'owners' 2"));
        Assert.That(await _pair.Database.ScalarAsync<long>("SELECT count(*) FROM owners"), Is.EqualTo(2));
        Assert.That(await _pair.Database.ScalarAsync<long>("SELECT count(*) FROM things"), Is.Zero);
    }

    [Test]
    public async Task A_trigger_that_changes_a_value_is_found_by_the_comparison_and_everything_is_undone()
    {
        await CopyHost.Manager(_pair.Server).MigrateAsync();
        await _pair.Database.ExecuteAsync(
            """
            DELETE FROM owners;
            CREATE FUNCTION shorten() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW."Note" = left(NEW."Note", 9); RETURN NEW; END';
            CREATE TRIGGER shorten BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION shorten();
            """
        );
        var failure = Assert.CatchAsync<MigrationException>(() =>
            CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync()
        )!;
        Assert.That(failure.Message, Does.Contain("'things' differs"));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(await _pair.Database.ScalarAsync<long>("SELECT count(*) FROM owners"), Is.Zero);
        await CopyHost.Manager(_pair.Files).MigrateAsync();
    }

    [Test]
    public async Task The_same_in_a_file_is_undone_from_the_journal_and_the_source_stays()
    {
        await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync();
        var back = _pair.NewFolder();
        await CopyHost.Manager(back).MigrateAsync();
        _pair.Execute(
            "DELETE FROM owners; CREATE TRIGGER shorten AFTER INSERT ON things BEGIN UPDATE things SET \"Note\" = 'other' WHERE \"Id\" = NEW.\"Id\"; END",
            back
        );
        var failure = Assert.CatchAsync<MigrationException>(() => CopyHost.Copy(_pair.Server, back).CopyAsync())!;
        Assert.That(failure.Message, Does.Contain("'things' differs"));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        await using var things = CopiedPair.Things(back);
        Assert.That(await things.Things.CountAsync() + await things.Owners.CountAsync(), Is.Zero);
        await CopyHost.Manager(_pair.Server).MigrateAsync();
    }

    [Test]
    public async Task A_complete_copy_that_only_lacks_the_mark_is_compared_and_marked()
    {
        await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync();
        await CopyHost.Manager(_pair.Files).ReopenAsync("as if the mark had not been written");
        var again = await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync();
        Assert.That(again.WasComplete, Is.True);
        Assert.That(again.Tables.Sum(table => table.Rows), Is.EqualTo(63));
        await CopyHost.Manager(_pair.Files).ReopenAsync("as if the mark had not been written");
        _pair.Execute("UPDATE things SET Active = 1 - Active WHERE Id = 5");
        Assert.That(
            () => CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync(),
            Throws.TypeOf<CopyRefusedException>().With.Message.Contains("not an unchanged copy")
        );
    }

    [Test]
    public async Task Two_databases_without_prepared_transactions_are_refused()
    {
        await using var other = await _pair.Database.Server.CreateDatabaseAsync();
        var isAllowed =
            await _pair.Database.ScalarAsync<int>("SELECT current_setting('max_prepared_transactions')::int") > 0;
        var copy = CopyHost.Copy(_pair.Files, $"{_pair.Server}|{other.ConnectionString}");
        if (isAllowed)
        {
            Assert.That((await copy.CopyAsync()).Tables, Has.Count.EqualTo(3));
            Assert.That(await other.ScalarAsync<long>("SELECT count(*) FROM log_lines"), Is.EqualTo(40));
        }
        else
        {
            Assert.That(copy.CopyAsync, Throws.TypeOf<CopyRefusedException>());
        }
    }

    [Test]
    public async Task The_source_is_held_while_it_is_copied()
    {
        await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync();
        await using var writer = new NpgsqlConnection(_pair.Server);
        await writer.OpenAsync();
        var blocked = 0;
        await CopyHost
            .Copy(_pair.Server, _pair.NewFolder())
            .CopyAsync(
                new CopyWatcher(step =>
                {
                    if (step is { Phase: MigrationPhase.Apply, Unit: ProgressUnit.Rows })
                    {
                        using var command = new NpgsqlCommand(
                            "SET lock_timeout = 10; UPDATE owners SET \"Id\" = \"Id\"",
                            writer
                        );
                        Assert.That(
                            command.ExecuteNonQuery,
                            Throws
                                .TypeOf<PostgresException>()
                                .With.Property(nameof(PostgresException.SqlState))
                                .EqualTo(PostgresErrorCodes.LockNotAvailable)
                        );
                        blocked++;
                    }
                })
            );
        Assert.That(blocked, Is.EqualTo(3));
    }

    private Task AllowScratchAsync() =>
        Sql.ExecuteAsync(_pair.Database.SuperuserConnectionString, $"ALTER ROLE {_pair.Database.Owner.Name} CREATEDB");

    private Task<long> TablesAsync() =>
        _pair.Database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");

    private static async Task<List<string>> ReadAsync(ThingContext context) =>
        [
            .. (await context.Things.OrderBy(thing => thing.Id).ToListAsync()).Select(thing =>
                FormattableString.Invariant(
                    $"{thing.Id} {thing.Name} {thing.Document is null} {thing.Active} {thing.Kind} {thing.Amount / 1.0000000m} {thing.Ratio:r} {thing.At.UtcTicks / 10} {thing.Taken?.UtcTicks / 10} {thing.Token} {Convert.ToHexString(thing.Payload ?? [])} {thing.Note} {thing.Day} {thing.Span} {thing.Big} {thing.ParentId} {thing.OwnerId}"
                )
            ),
        ];
}
