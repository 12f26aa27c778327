using System.Reflection;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class FailureTests
{
    private static readonly Exception Cause = new InvalidOperationException("the cause");

    private static IEnumerable<TestCaseData> Errors =>
        [
            new(New<RollbackFailedException>("/backup", Cause, Cause), ExitCode.NeedsAttention),
            new(
                New<MigrationFailedException>("events", "1_A", DataState.NeedsAttention, Cause, Array.Empty<string>()),
                ExitCode.NeedsAttention
            ),
            new(
                New<MigrationFailedException>("events", "1_A", DataState.Restored, Cause, Array.Empty<string>()),
                ExitCode.Failed
            ),
            new(
                New<MigrationTimeoutException>("events", "1_A", TimeSpan.FromSeconds(1), DataState.Restored, Cause),
                ExitCode.Failed
            ),
            new(New<DatabaseNewerException>("events", new[] { "2_B" }, null, false), ExitCode.Newer),
            new(
                New<RecoveryFailedException>("/events.db.run-journal", "/backup", "its backup is damaged", null),
                ExitCode.NeedsAttention
            ),
            new(
                New<RunFailedException>(RunActivity.Restore, MigrationPhase.Validate, DataState.Restored, Cause),
                ExitCode.Failed
            ),
            new(new CommitUnknownException("events", Cause), ExitCode.NeedsAttention),
            new(New<MigrationDriftedException>("events", new[] { "1_A" }, ""), ExitCode.Drifted),
            new(New<InvalidVersionException>("1_X", "is no migration of this program"), ExitCode.Refused),
            new(New<RollbackNotSupportedException>("events", new[] { "1_A" }, null), ExitCode.Refused),
            new(New<BackupNotFoundException>("x", "/backups"), ExitCode.Refused),
            new(New<PlanRefusedException>("events", new[] { "1_A" }, "It is too old."), ExitCode.Refused),
            new(New<NoMigrationsException>("events"), ExitCode.Refused),
            new(new DatabaseLayoutException("/data", "They are in one file.", "Say so."), ExitCode.Refused),
            new(new BackupFailedException("/backup", "the disk is full"), ExitCode.BackupFailed),
            new(
                new DatabaseLockedException(MigrationPhase.Lock, "/events.db", TimeSpan.FromSeconds(1)),
                ExitCode.Locked
            ),
            new(
                new DatabaseAccessException(MigrationPhase.Plan, "/events.db", DatabaseProblem.Corrupt, "malformed"),
                ExitCode.Failed
            ),
        ];

    [TestCaseSource(nameof(Errors))]
    public void Of_an_error_of_the_migrator_is_its_message_and_the_exit_code_of_its_kind(Exception error, object code)
    {
        var failure = Failure.From(error, cancelled: false);
        Assert.That((failure.ExitCode, failure.Message), Is.EqualTo((code, error.Message)));
    }

    [Test]
    public void Of_a_cancellation_is_130_only_when_the_user_asked_for_it()
    {
        var error = new OperationCanceledException();
        Assert.Multiple(() =>
        {
            Assert.That(Failure.From(error, cancelled: true).ExitCode, Is.EqualTo(ExitCode.Cancelled));
            Assert.That(Failure.From(error, cancelled: false).ExitCode, Is.EqualTo(ExitCode.Unexpected));
        });
    }

    [TestCase(5, ExitCode.Locked)]
    [TestCase(6, ExitCode.Locked)]
    [TestCase(13, ExitCode.Failed)]
    public void Of_an_error_of_the_database_is_found_within_others(int sqliteCode, object code)
    {
        var error = new InvalidOperationException("outer", new SqliteException("inner", sqliteCode));
        Assert.That(Failure.From(error, cancelled: false).ExitCode, Is.EqualTo(code));
    }

    [Test]
    public void Of_an_unforeseen_error_names_its_type()
    {
        var failure = Failure.From(Cause, cancelled: false);
        Assert.That(
            (failure.ExitCode, failure.Message),
            Is.EqualTo((ExitCode.Unexpected, "InvalidOperationException: the cause"))
        );
    }

    // Only the migrator can create these.
    private static T New<T>(params object?[] facts) =>
        (T)
            Activator.CreateInstance(
                typeof(T),
                BindingFlags.Instance | BindingFlags.NonPublic,
                binder: null,
                facts,
                culture: null
            )!;
}
