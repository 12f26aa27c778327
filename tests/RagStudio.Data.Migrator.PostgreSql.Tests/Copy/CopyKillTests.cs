using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A process that copies is killed. The target is empty or complete, and the next copy ends well.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All)]
public sealed class CopyKillTests
{
    [TestCase(true, "Copied", "Marking")]
    [TestCase(false, "CopyRecorded", "Copied")]
    public async Task A_kill_at_any_border_leaves_nothing_or_all_of_it(bool toServer, params string[] borders)
    {
        foreach (var point in Rounds.AreFull ? await PointsAsync(toServer) : borders)
        {
            await using var pair = await CopiedPair.CreateAsync();
            var (from, to) = await SidesAsync(pair, toServer);
            using (var host = await HostProcess.StartCopyAsync(from, to, point))
            {
                Assert.That((await host.EndAsync()).Code, Is.Not.Zero, point);
            }
            await DemandNothingOrAllAsync(from, to, 40, point);
            await DemandNextEndsWellAsync(from, to, 40);
        }
    }

    [Test, Category(Figure.Category)]
    public async Task A_kill_at_a_random_moment_leaves_nothing_or_all_of_it([Values] bool toServer)
    {
        const int Lines = 3000;
        var random = new Random(Seed.Choose());
        var (empty, complete, longest) = (0, 0, await DurationAsync(toServer, Lines));
        for (var round = 0; round < Rounds.Of(1, 30); round++)
        {
            await using var pair = await CopiedPair.CreateAsync(Lines);
            var (from, to) = await SidesAsync(pair, toServer);
            using (var host = await HostProcess.StartCopyAsync(from, to))
            {
                await Task.WhenAny(Task.Delay(longest * random.NextDouble()), host.EndAsync());
                await host.KillAsync();
            }
            var isComplete = await DemandNothingOrAllAsync(from, to, Lines, "random");
            (empty, complete) = isComplete ? (empty, complete + 1) : (empty + 1, complete);
            await DemandNextEndsWellAsync(from, to, Lines);
        }
        Figure.Print(
            $"copy {(toServer ? "to PostgreSQL" : "to SQLite")} killed {empty + complete} times at a random moment: {empty} times empty, {complete} times complete, never half"
        );
    }

    private static async Task<TimeSpan> DurationAsync(bool toServer, int lines)
    {
        await using var pair = await CopiedPair.CreateAsync(lines);
        var (from, to) = await SidesAsync(pair, toServer);
        using var host = await HostProcess.StartCopyAsync(from, to);
        var clock = Stopwatch.StartNew();
        await host.EndAsync();
        return clock.Elapsed;
    }

    /// <summary>The numbers of the points that a copy comes to.</summary>
    private static async Task<string[]> PointsAsync(bool toServer)
    {
        await using var pair = await CopiedPair.CreateAsync();
        var (from, to) = await SidesAsync(pair, toServer);
        using var host = await HostProcess.StartCopyAsync(from, to);
        var (code, output) = await host.EndAsync();
        Assert.That(code, Is.Zero, output);
        var count = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        return [.. Enumerable.Range(1, count).Select(number => $"{number}")];
    }

    private static async Task<(string From, string To)> SidesAsync(CopiedPair pair, bool toServer)
    {
        if (toServer)
        {
            return (pair.Files, pair.Server);
        }
        await CopyHost.Copy(pair.Files, pair.Server).CopyAsync();
        return (pair.Server, pair.NewFolder());
    }

    /// <returns>True if the target has all of it.</returns>
    private static async Task<bool> DemandNothingOrAllAsync(string from, string to, int lines, string where)
    {
        // As every start on the target does.
        await CopyHost.Manager(to).RecoverAsync();
        var (source, target) = (
            await CopyHost.Manager(from).GetStatusAsync(),
            await CopyHost.Manager(to).GetStatusAsync()
        );
        Assert.That(source.Verdict, Is.EqualTo(MigrationVerdict.UpToDate).Or.EqualTo(MigrationVerdict.Moved), where);
        var isComplete = target.Verdict == MigrationVerdict.UpToDate;
        if (isComplete)
        {
            await DemandAllAsync(to, lines);
        }
        else
        {
            Assert.That(target.Verdict, Is.EqualTo(MigrationVerdict.Empty), where);
            Assert.That(source.Verdict, Is.EqualTo(MigrationVerdict.UpToDate), where);
        }
        await DemandAllAsync(from, lines);
        return isComplete;
    }

    private static async Task DemandNextEndsWellAsync(string from, string to, int lines)
    {
        if ((await CopyHost.Manager(from).GetStatusAsync()).Databases.Any(database => database.MovedTo is null))
        {
            await CopyHost.Copy(from, to).CopyAsync();
        }
        await DemandAllAsync(to, lines);
        Assert.That(
            (await CopyHost.Manager(from).GetStatusAsync()).Databases.Select(database => database.MovedTo),
            Is.All.Not.Null
        );
        Assert.That((await CopyHost.Manager(to).MigrateAsync()).Success, Is.True);
    }

    private static async Task DemandAllAsync(string place, int lines)
    {
        await using var things = CopiedPair.Things(place);
        await using var log = CopiedPair.Log(place);
        Assert.That(await things.Things.CountAsync(), Is.EqualTo(20));
        Assert.That(await things.Owners.CountAsync(), Is.EqualTo(3));
        Assert.That(await log.Lines.CountAsync(), Is.EqualTo(lines));
    }
}
