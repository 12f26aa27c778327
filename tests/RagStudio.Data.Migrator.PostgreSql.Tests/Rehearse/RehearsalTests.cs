using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Runs that are rehearsed in a scratch database.</summary>
public sealed class RehearsalTests
{
    private const int Books = 60;

    /// <summary>The nth book is the sequel of the one half as far, which is also the best book of its author.</summary>
    private const string Fill = """
        DELETE FROM authors;
        INSERT INTO authors (name) SELECT E'author\t' || n || E'\n\\' FROM generate_series(1, 60) n;
        INSERT INTO books (title, author_id, sequel_of)
            SELECT 'book ' || n, (SELECT min(id) FROM authors) + n - 1, NULLIF(n / 2, 0) FROM generate_series(1, 60) n;
        UPDATE authors SET best_book_id = (SELECT greatest(b.id / 2, 1) FROM books b WHERE b.author_id = authors.id);
        ALTER TABLE loans DISABLE TRIGGER count_loans;
        INSERT INTO loans SELECT date '2026-01-10' + (n % 40), n FROM generate_series(1, 60) n;
        ALTER TABLE loans ENABLE TRIGGER count_loans;
        ANALYZE;
        """;

    private ShopDatabase _shop = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _shop = await ShopDatabase.CreateAsync();
        await MayCreateDatabasesAsync(true);
        await _shop.Manager<OldLibrary>().MigrateAsync();
        await _shop.Database.ExecuteAsync(Fill);
    }

    [TearDown]
    public async Task DropAsync() => await _shop.DisposeAsync();

    [TestCase("UPDATE books SET title = NULL WHERE id = 30", "null values")]
    [TestCase("UPDATE books SET title = 'book 1' WHERE id = 30", "ux_books_title")]
    public async Task What_only_rows_refuse_is_refused_by_the_rehearsal_and_nothing_is_changed(
        string change,
        string reason
    )
    {
        await _shop.Database.ExecuteAsync(change);
        var before = await StateAsync();

        var failure = Assert.CatchAsync<RehearsalFailedException>(() => Manager<StrictLibrary>().MigrateAsync());

        Assert.That(failure!.Message, Does.Contain(reason).And.Contain("were not touched"));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(failure.Report.Databases.Single().Migrations.Single().Success, Is.False);
        Assert.That(await StateAsync(), Is.EqualTo(before));
        Assert.That(await ScratchAsync(), Is.Zero);
    }

    [Test]
    public async Task A_run_goes_on_after_a_rehearsal_on_all_rows_with_code_and_identities_as_they_are()
    {
        var seen = new List<(string Database, long Authors, string? Name, long Fired)>();

        var summary = await Manager<NewLibrary>(
                (connection, _) =>
                {
                    seen.Add(
                        (
                            connection.Database,
                            Scalar<long>(connection, "SELECT count(*) FROM authors WHERE name NOT LIKE 'of the%'"),
                            Scalar<string>(connection, "SELECT name FROM authors ORDER BY id LIMIT 1"),
                            Scalar<long>(connection, "SELECT count(*) FROM authors WHERE name = 'of the trigger'")
                        )
                    );
                    return Task.CompletedTask;
                }
            )
            .MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(summary.NotRehearsed, Is.Null);
        Assert.That(summary.Rehearsal!.Sample, Is.Null);
        Assert.That(
            summary.LockEstimate!.Migrations,
            Is.EqualTo(summary.Rehearsal.Databases.Single().Migrations.Single().Duration)
        );
        Assert.That(summary.LocksHeld, Is.GreaterThan(summary.Databases.Single().Migrations.Single().Duration));
        Assert.That(
            summary.Rehearsal.Rows.Select(row => (row.Table, row.Before, row.After)),
            Is.EqualTo(new (string, long?, long?)[] { ("authors", Books, Books + 2), ("loans", Books, Books + 1) })
        );
        // Once in the copy, once in the database itself.
        Assert.That(seen.Select(one => one.Database).ToArray(), Has.Length.EqualTo(2).And.Unique);
        Assert.That(seen[0].Database, Does.StartWith("__migrator_scratch_"));
        Assert.That(seen.Select(one => one.Authors), Is.All.EqualTo(Books + 1));
        Assert.That(seen.Select(one => one.Name), Is.All.EqualTo("author\t1\n\\"));
        Assert.That(seen.Select(one => one.Fired), Is.All.EqualTo(1));
        Assert.That(await ScratchAsync(), Is.Zero);
    }

    [Test]
    public async Task A_sample_has_both_ends_of_each_table_and_all_rows_to_which_it_refers()
    {
        long[] books = [];
        var manager = Manager<NewLibrary>(
            (connection, _) =>
            {
                books =
                    books.Length > 0
                        ? books
                        : Scalar<long[]>(connection, "SELECT array_agg(id ORDER BY id) FROM books")!;
                return Task.CompletedTask;
            },
            options => (options.RehearsalRows, options.DryRun) = (2, true)
        );

        var summary = await manager.MigrateAsync();

        var sample = summary.Rehearsal!.Sample!;
        Assert.That(sample.Tables, Is.EquivalentTo(new[] { "authors", "books", "loans" }));
        Assert.That(sample.TotalRows, Is.InRange(3 * Books, 3 * Books + 5));
        // The last one is a sequel of 30, that of 15, and so on; the first two loans are of the first two books.
        Assert.That(books, Is.EqualTo(new long[] { 1, 2, 3, 7, 15, 30, 60 }));
        Assert.That(sample.Rows, Is.EqualTo(7 + 7 + 2));
        Assert.That(summary.Rehearsal.Success);
        Assert.That(await _shop.AppliedAsync(), Has.Length.EqualTo(1));
        Assert.That(await ScratchAsync(), Is.Zero);
    }

    [Test]
    public async Task The_time_of_a_rewrite_is_scaled_by_the_size_of_its_table()
    {
        var summary = await Manager<RewritingLibrary>(options: options =>
                (options.RehearsalRows, options.DryRun) = (2, true)
            )
            .MigrateAsync();

        var migrations = summary.Rehearsal!.Databases.Single().Migrations;
        var (rewrite, column) = (migrations[0].Duration, migrations[1].Duration);
        // Seven of 60 books were copied. The column needs no work, whatever the size of the table.
        Assert.That(
            (summary.Rehearsal.LockEstimate!.Migrations - column) / rewrite,
            Is.EqualTo(Books / 7.0).Within(1.0)
        );
    }

    [Test]
    public async Task A_run_that_cannot_be_rehearsed_goes_on_and_says_why([Values] bool isDrifted)
    {
        if (isDrifted)
        {
            await _shop.Database.ExecuteAsync("ALTER TABLE books ADD COLUMN by_hand int");
        }
        else
        {
            await MayCreateDatabasesAsync(false);
        }

        var dryRun = await Manager<NewLibrary>(options: options => options.DryRun = true).MigrateAsync();
        var summary = await Manager<NewLibrary>().MigrateAsync();

        var reason = isDrifted ? "by_hand" : "CREATEDB";
        Assert.That(dryRun.NotRehearsed, Does.Contain(reason));
        Assert.That(dryRun.Plan!.Databases.Single().Migrations, Has.Count.EqualTo(1));
        Assert.That(summary.NotRehearsed, Does.Contain(reason));
        Assert.That(summary.Rehearsal, Is.Null);
        Assert.That(await _shop.AppliedAsync(), Has.Length.EqualTo(2));
        Assert.That(await ScratchAsync(), Is.Zero);
    }

    [Test]
    public async Task A_database_that_the_operator_gives_is_migrated_instead_of_a_copy_and_stays_so()
    {
        await using var other = await _shop.CopyAsync();
        await MayCreateDatabasesAsync(false);

        var dryRun = await Manager<NewLibrary>(options: options =>
                (options.DryRun, options.RehearseByMigrating["library"]) = (true, other.Database.ConnectionString)
            )
            .MigrateAsync();

        Assert.That(dryRun.Rehearsal!.Targets.Single(), Does.EndWith("/" + other.Database.Name));
        Assert.That(dryRun.NotRehearsed, Is.Null);
        Assert.That(await other.AppliedAsync(), Has.Length.EqualTo(2));
        Assert.That(await _shop.AppliedAsync(), Has.Length.EqualTo(1));
        // It is at another version now.
        var refused = RefusalOf(other.Database.ConnectionString);
        Assert.That(refused.Message, Does.Contain(AddAuthor.Version).And.Contain(CreateLibrary.Version));
        Assert.That(await _shop.AppliedAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_database_itself_is_never_the_one_to_rehearse_on_whatever_its_address()
    {
        var connection = new NpgsqlConnectionStringBuilder(_shop.Database.ConnectionString) { Host = "localhost" };

        var refused = RefusalOf(connection.ConnectionString);

        Assert.That(
            refused.Message,
            Does.Contain("is the database that is to be migrated").And.Not.Contain("Password")
        );
        Assert.That(RefusalOf("nonsense").Message, Does.Contain("no usable connection string"));
        Assert.That(await _shop.AppliedAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Neither_a_plan_nor_a_rehearsal_changes_what_all_databases_share()
    {
        const string Reader = "pg_roles WHERE rolname = 'library_reader'";
        await _shop.Database.Server.ExecuteAsync($"ALTER ROLE {_shop.Database.Owner.Name} CREATEROLE");
        var manager = Manager<SharingLibrary>();

        var plan = await manager.PlanAsync();
        var dryRun = await Manager<SharingLibrary>(options: options => options.DryRun = true).MigrateAsync();

        Assert.That(await _shop.CountAsync(Reader), Is.Zero);
        Assert.That(plan.Databases.Single().Migrations.Single().Findings[0].Detail, Does.Contain("pg_authid"));
        Assert.That(dryRun.NotRehearsed, Does.Contain("pg_authid"));
        Assert.That((await manager.MigrateAsync()).NotRehearsed, Does.Contain("pg_authid"));
        Assert.That(await _shop.CountAsync(Reader), Is.EqualTo(1));
        await _shop.Database.ExecuteAsync("REVOKE SELECT ON books FROM library_reader; DROP ROLE library_reader");
    }

    [Test]
    public async Task What_follows_the_commit_and_reaches_the_server_is_left_out()
    {
        var summary = await Manager<ArchivingLibrary>(options: options => options.AllowUnrepeatableStatements = true)
            .MigrateAsync();

        Assert.That(summary.Rehearsal!.Success);
        Assert.That(await _shop.CountAsync("pg_database WHERE datname = 'library_archive'"), Is.EqualTo(1));
        await _shop.Database.Server.ExecuteAsync("DROP DATABASE library_archive");
    }

    [Test]
    public async Task What_cannot_be_kept_is_backed_up_by_the_run_alone()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Database.Server.ExecuteAsync($"ALTER ROLE {shop.Database.Owner.Name} CREATEDB");
        await shop.Manager<FirstShop>().MigrateAsync();
        var backups = 0;

        var summary = await shop.Manager<WithoutOrders>(
                options: options =>
                    (options.AllowDestructive, options.RehearseBeforeMigrate) = (true, RehearsalPolicy.Always),
                database: options =>
                    (options.UnkeptLoss, options.KeepsakeLimit, options.ExternalBackup) = (
                        UnkeptLossPolicy.External,
                        0,
                        (_, _) => Task.FromResult($"backup {++backups}")
                    )
            )
            .MigrateAsync();

        Assert.That(summary.Rehearsal!.Success);
        Assert.That(summary.DroppedData.Single().Reference, Is.EqualTo("backup 1"));
        Assert.That(backups, Is.EqualTo(1));
    }

    private PlanRefusedException RefusalOf(string target) =>
        Assert.CatchAsync<PlanRefusedException>(() =>
            Manager<NewLibrary>(options: options => options.RehearseByMigrating["library"] = target).MigrateAsync()
        )!;

    private IMigrationManager Manager<TContext>(
        Func<NpgsqlConnection, NpgsqlTransaction, Task>? code = null,
        Action<MigrationOptions>? options = null
    )
        where TContext : DbContext =>
        _shop.Manager(
            migrator =>
            {
                migrator.AddPostgreSqlDatabase<TContext>("library", _shop.Database.ConnectionString);
                if (code is not null)
                {
                    migrator.AddCode("library", AddAuthor.Version, CodeMoment.After, _ => new ServerCode(code));
                }
            },
            given =>
            {
                given.RehearseBeforeMigrate = RehearsalPolicy.Always;
                options?.Invoke(given);
            }
        );

    private async Task<string> StateAsync() =>
        await _shop.Database.ScalarAsync<string>(
            """
            SELECT (SELECT string_agg(b::text, ',' ORDER BY id) FROM books b) || (SELECT count(*) FROM __migrator_history)
                || (SELECT string_agg(relname || relfilenode || xmin, ',' ORDER BY oid) FROM pg_class WHERE oid >= 16384)
            """
        );

    private static T? Scalar<T>(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() is T value ? value : default;
    }

    private Task MayCreateDatabasesAsync(bool may) =>
        _shop.Database.Server.ExecuteAsync(
            $"ALTER ROLE {_shop.Database.Owner.Name} {(may ? "CREATEDB" : "NOCREATEDB")}"
        );

    private Task<long> ScratchAsync() =>
        _shop.Database.ScalarAsync<long>(
            """
            SELECT count(*) FROM pg_database WHERE datname LIKE '\_\_migrator\_scratch\_'
                || (SELECT oid FROM pg_database WHERE datname = current_database()) || '\_%'
            """
        );
}
