using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees for an application's code that belongs to a migration.</summary>
public abstract class CodeContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    private const string Version = ContractVersion.AddGreeting;

    [SetUp]
    public Task MigrateToTheFirstRelease() => MigrateAsync(ContractRelease.First);

    [Test]
    public async Task Code_runs_before_and_after_the_migration_and_is_recorded_between()
    {
        var observer = new RecordingObserver()
            .With(Version, CodeMoment.After, Writing("after"))
            .With(Version, CodeMoment.Before, Writing("before"));

        await MigrateAsync(ContractRelease.Current, observer);

        var history = (await ReadAsync()).History;
        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "before", "greeting", "after", "farewell" }));
        Assert.That(
            history.Reverse().Skip(1).Select(record => (record.Event, record.Name)),
            Is.EqualTo(
                new[]
                {
                    (MigrationEvent.CodeRun, "before"),
                    (MigrationEvent.CodeRun, "after"),
                    (MigrationEvent.Applied, "AddGreeting"),
                    (MigrationEvent.Applied, "AddFarewell"),
                }
            )
        );
    }

    [Test]
    public async Task Code_is_told_its_migration_and_the_time_that_is_left_and_tells_its_progress()
    {
        MigrationCodeContext? seen = null;
        var code = new ContractCode(
            "counting",
            (context, _) =>
            {
                seen = context;
                context.Progress.Report((3, 7));
                return Task.CompletedTask;
            }
        );
        var observer = new RecordingObserver { Limit = Patience }.With(Version, CodeMoment.Before, code);

        await MigrateAsync(ContractRelease.Current, observer);

        Assert.Multiple(() =>
        {
            Assert.That(seen!.Version, Is.EqualTo(Version));
            Assert.That(seen.TimeLeft, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(Patience));
            Assert.That(observer.Calls[1], Is.EqualTo($"advanced {Version} 3/7"));
        });
    }

    [TestCase(CodeMoment.Before)]
    [TestCase(CodeMoment.After)]
    public async Task Nothing_of_a_migration_stays_whose_code_fails(CodeMoment moment)
    {
        var observer = new RecordingObserver()
            .With(Version, moment, Writing("mine"))
            .With(Version, moment, new ContractCode("failing", (_, _) => throw new FormatException("no")));

        var failure = Assert.ThrowsAsync<MigrationStepException>(() => MigrateAsync(ContractRelease.Current, observer));

        Assert.That(failure!.Version, Is.EqualTo(Version));
        Assert.That(failure.InnerException, Is.InstanceOf<FormatException>());
        await AssertNothingOfTheMigrationIsThereAsync();
    }

    [Test]
    public async Task Code_is_stopped_when_the_time_of_its_migration_is_over()
    {
        var observer = new RecordingObserver { Limit = ShortTime }
            .With(Version, CodeMoment.Before, Writing("mine"))
            .With(Version, CodeMoment.Before, new ContractCode("waiting", (_, token) => Task.Delay(-1, token)));

        var failure = Assert.ThrowsAsync<MigrationStepException>(() => MigrateAsync(ContractRelease.Current, observer));

        Assert.That(failure!.ExceededLimit, Is.EqualTo(ShortTime));
        await AssertNothingOfTheMigrationIsThereAsync();
    }

    [Test]
    public async Task Code_is_stopped_when_the_run_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver { Limit = LastResort, OnStarting = _ => source.CancelAfter(ShortTime) }
            .With(Version, CodeMoment.Before, Writing("mine"))
            .With(Version, CodeMoment.Before, new ContractCode("waiting", (_, token) => Task.Delay(-1, token)));

        Assert.CatchAsync<OperationCanceledException>(() =>
            MigrateAsync(ContractRelease.Current, observer, cancellationToken: source.Token)
        );

        await AssertNothingOfTheMigrationIsThereAsync();
    }

    private ContractCode Writing(string note) => new(note, (context, _) => Harness.AddNoteAsync(context, note));

    private async Task AssertNothingOfTheMigrationIsThereAsync()
    {
        var state = await ReadAsync();
        Assert.That(Harness.Notes(), Is.Empty);
        Assert.That(state.Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
        Assert.That(state.History, Has.Count.EqualTo(1));
    }
}
