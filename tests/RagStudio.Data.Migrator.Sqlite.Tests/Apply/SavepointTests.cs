using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>Migrations in the transaction of a run, with a provider that adds nothing to a step.</summary>
internal sealed class SavepointTests
{
    private readonly RecordingObserver _observer = new();
    private SqliteConnection _connection = null!;
    private DbTransaction _run = null!;

    [SetUp]
    public async Task BeginRun()
    {
        _connection = new SqliteConnection("Data Source=:memory:");
        await _connection.OpenAsync();
        await ExecuteAsync("CREATE TABLE history (version TEXT)");
        _run = await _connection.BeginTransactionAsync();
    }

    [TearDown]
    public async Task EndRun()
    {
        await _run.DisposeAsync();
        await _connection.DisposeAsync();
    }

    [Test]
    public async Task Migrations_are_kept_with_the_runs_transaction()
    {
        await MigrateAsync(("1", "CREATE TABLE one (id)"), ("2", "CREATE TABLE two (id)"));
        await _run.CommitAsync();

        Assert.That(await TablesAsync(), Is.EqualTo(new[] { "history", "one", "two" }));
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "1", "2" }));
        Assert.That(_observer.Calls, Has.Member("applied 1").And.Member("applied 2"));
    }

    [Test]
    public async Task Migrations_are_undone_with_the_runs_transaction()
    {
        await MigrateAsync(("1", "CREATE TABLE one (id)"), ("2", "CREATE TABLE two (id)"));
        await _run.RollbackAsync();

        Assert.That(await TablesAsync(), Is.EqualTo(new[] { "history" }));
        Assert.That(await VersionsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_migration_that_fails_is_rolled_back_and_those_before_it_are_not()
    {
        var failure = Assert.ThrowsAsync<MigrationStepException>(() =>
            MigrateAsync(("1", "CREATE TABLE one (id)"), ("2", "CREATE TABLE two (id); INSERT INTO missing VALUES (1)"))
        );

        Assert.That(failure!.Version, Is.EqualTo("2"));
        Assert.That(failure.InnerException!.Message, Does.Contain("missing"));
        await _run.CommitAsync();
        Assert.That(await TablesAsync(), Is.EqualTo(new[] { "history", "one" }));
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void A_migration_that_ends_the_transaction_fails_for_its_own_reason()
    {
        var failure = Assert.ThrowsAsync<MigrationStepException>(() =>
            MigrateAsync(("1", "ROLLBACK; INSERT INTO missing VALUES (1)"))
        );

        Assert.That(failure!.InnerException!.Message, Does.Contain("missing"));
    }

    [Test]
    public async Task A_command_that_cannot_run_in_a_transaction_is_refused()
    {
        var failure = Assert.ThrowsAsync<MigrationStepException>(() =>
            MigrateAsync(
                Steps(
                    Compiled("1", "CREATE TABLE one (id)"),
                    Compiled("2", "CREATE TABLE two (id)", isSuppressed: true)
                )
            )
        );

        Assert.That(failure!.Version, Is.EqualTo("2"));
        Assert.That(failure.InnerException, Is.InstanceOf<InvalidOperationException>());
        Assert.That(failure.InnerException!.Message, Does.Contain("'2'"));
        Assert.That(await TablesAsync(), Is.EqualTo(new[] { "history", "one" }));
    }

    [Test]
    public async Task Migrations_that_EF_generates_run_in_the_transaction_that_the_context_uses()
    {
        var options = new DbContextOptionsBuilder<NotesContext>().UseSqlite(_connection).Options;
        await using var context = new NotesContext(options);
        await context.Database.UseTransactionAsync(_run);
        var steps = CompiledSteps.Uncompiled(["20250101000000_CreateNotes"], MigrationTarget.Latest);

        await CompiledMigrator.MigrateAsync(steps, context, new PlainSteps(), _run, _observer, default);

        Assert.That(await TablesAsync(), Is.EqualTo(new[] { "history", "notes" }));
        await _run.RollbackAsync();
        Assert.That(await TablesAsync(), Is.EqualTo(new[] { "history" }));
    }

    private static CompiledSteps Steps(params CompiledMigration[] migrations) =>
        new(migrations, MigrationTarget.Latest);

    private static CompiledMigration Compiled(string version, string sql, bool isSuppressed = false) =>
        new(version, MigrationKind.Schema, "", [new CompiledCommand(sql, isSuppressed)], []);

    private Task<string?> MigrateAsync(params (string Version, string Sql)[] migrations) =>
        MigrateAsync(Steps([.. migrations.Select(migration => Compiled(migration.Version, migration.Sql))]));

    private Task<string?> MigrateAsync(CompiledSteps steps) =>
        CompiledMigrator.MigrateAsync(steps, _connection, new PlainSteps(), _run, _observer, default);

    private Task<IReadOnlyList<string>> TablesAsync() =>
        ReadAsync("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");

    private Task<IReadOnlyList<string>> VersionsAsync() => ReadAsync("SELECT version FROM history ORDER BY version");

    private async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var command = new SqliteCommand(sql, _connection, (SqliteTransaction?)OpenRun());
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }
        return values;
    }

    /// <summary>An ended transaction has no connection.</summary>
    private DbTransaction? OpenRun() => _run.Connection is null ? null : _run;

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new SqliteCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class PlainSteps : IMigrationStepProvider
    {
        public Task<IMigrationStepScope> BeginAsync(
            string version,
            IReadOnlyList<StepCommand> commands,
            WorkLimits limits
        ) => Task.FromResult<IMigrationStepScope>(new Scope(commands, limits.Token));

        public string HistoryChange(string version, bool reverts) => $"INSERT INTO history VALUES ('{version}')";

        private sealed class Scope(IReadOnlyList<StepCommand> commands, CancellationToken token) : IMigrationStepScope
        {
            public IReadOnlyList<StepCommand> Commands => commands;

            public CancellationToken Token => token;

            public bool TimedOut => false;

            public TimeSpan TimeLeft => TimeSpan.MaxValue;

            public Task RecordAsync(DbTransaction transaction, MigrationRecord record) => Task.CompletedTask;

            public Task CheckAsync() => Task.CompletedTask;

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
