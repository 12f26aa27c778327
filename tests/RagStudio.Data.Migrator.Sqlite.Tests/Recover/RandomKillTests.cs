using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Recover;

/// <summary>A program is killed from outside in the middle of a statement, of a copy or of a restore.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RandomKillTests
{
    private const int Kills = 2;
    private const int Orders = 4000;
    private const int BytesPerOrder = 2500;

    [Test]
    public Task MigrateAsync_killed_within_a_long_statement_loses_nothing() =>
        KillAsync(() => CrashScenario.MigrateSlowlyAsync(Orders), "Apply:5", milliseconds: 300);

    [Test]
    public Task CreateAsync_killed_within_a_long_copy_loses_nothing() =>
        KillAsync(() => CrashScenario.BackUpAsync(Orders, BytesPerOrder), "BackUp:1", milliseconds: 60);

    [Test]
    public Task RestoreAsync_killed_within_a_long_restore_loses_nothing() =>
        KillAsync(() => CrashScenario.RestoreAsync(Orders, BytesPerOrder), "RollBack:1", milliseconds: 60);

    [Test]
    public Task RestoreAsync_over_pages_of_another_size_killed_within_it_loses_nothing() =>
        KillAsync(() => CrashScenario.RestoreOtherPagesAsync(Orders, BytesPerOrder), "RollBack:1", milliseconds: 60);

    private static async Task KillAsync(Func<Task<CrashScenario>> prepare, string point, int milliseconds)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var scenario = await prepare();
        for (var i = 0; i < Kills; i++)
        {
            scenario.Reset();
            var delay = TimeSpan.FromMilliseconds(random.Next(milliseconds));
            using var process = HostProcess.Start(scenario.KilledAt(""));
            Assert.That(process.WaitFor(point), point);

            var exit = process.KillAfter(delay);

            Assert.That(exit.Code, Is.AnyOf(HostProcess.Killed, 0), exit.Error);
            Assert.That(
                await scenario.NextStartAsync(recoverFirst: random.Next(2) == 0),
                Is.Empty,
                $"seed {seed}, {delay.TotalMilliseconds} ms after {point}"
            );
        }
    }
}
