using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Logs;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>
/// A database and its log as left by a killed program, at any moment of a long life; and pairs that do not
/// match.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LogContradictionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Of_finds_nothing_in_what_any_program_leaves_when_it_is_killed([Range(1, 3)] int seed)
    {
        using var life = new DatabaseLife(Path.Combine(_folder.Path, "a.db"), seed);
        var withLog = 0;
        for (var step = 0; step < 150; step++)
        {
            var before = life.Image();
            var did = life.Step();
            foreach (var image in life.KilledDuring(before))
            {
                withLog += image.Log.Length > 0 ? 1 : 0;
                Assert.That(Contradiction(image), Is.Null, $"seed {seed}, step {step}: {did}");
            }
        }
        Assert.That(withLog, Is.GreaterThan(100), "there was a log to look at");
    }

    [Test]
    public void Of_finds_the_log_of_another_database([Range(1, 3)] int seed)
    {
        using var life = new DatabaseLife(Path.Combine(_folder.Path, "a.db"), seed);
        using var other = new DatabaseLife(Path.Combine(_folder.Path, "b.db"), seed + 1000);
        var (pairs, found) = (0, 0);
        for (var step = 0; step < 150; step++)
        {
            life.Step();
            other.Step();
            var (file, log) = (life.Image().File, other.Image().Log);
            if (Read(log) is not null)
            {
                pairs++;
                found += Contradiction((file, log)) is null ? 0 : 1;
            }
        }
        Assert.That(
            found,
            Is.GreaterThan(pairs / 2).And.Positive,
            "what only the pages contradict, the check of the structure finds"
        );
    }

    [Test]
    public void Of_finds_an_older_file_beside_the_log_of_its_own_later_life([Range(1, 3)] int seed)
    {
        using var life = new DatabaseLife(Path.Combine(_folder.Path, "a.db"), seed);
        var (pairs, found) = (0, 0);
        for (var day = 0; day < 10; day++)
        {
            life.Close();
            var yesterday = life.Image().File;
            for (var step = 0; step < 10; step++)
            {
                life.Step();
            }
            if (life.Image() is var (file, log) && Read(log) is not null && !file.SequenceEqual(yesterday))
            {
                pairs++;
                found += Contradiction((yesterday, log)) is null ? 0 : 1;
            }
        }
        Assert.That(found, Is.GreaterThan(pairs / 2).And.Positive, $"of {pairs}");
    }

    private string? Contradiction((byte[] File, byte[] Log) image) =>
        image.File.Length >= SqliteHeader.Bytes && Read(image.Log) is { } log
            ? LogContradiction.Find(image.File.AsSpan(0, SqliteHeader.Bytes), image.File.Length, log)
            : null;

    private WriteAheadLog? Read(byte[] log)
    {
        var path = Path.Combine(_folder.Path, "looked-at");
        File.WriteAllBytes(path, log);
        return WriteAheadLog.TryRead(path);
    }
}
