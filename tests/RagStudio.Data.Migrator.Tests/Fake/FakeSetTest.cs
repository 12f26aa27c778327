using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>
/// A test of the engine on two fake databases, "shop" and "archive", which are at version 1 and contain the
/// row "mine".
/// </summary>
internal abstract class FakeSetTest
{
    /// <summary>The state of both databases before each test.</summary>
    protected const string Before = "1 | mine";

    protected static readonly FakeMigration AddTwo = FakeSet.AddRow("2", "two");

    protected static readonly FakeMigration Fail = FakeMigration.Failing(
        "2",
        new InvalidOperationException("It broke.")
    );

    /// <summary>A migration with the same checksum as <see cref="AddTwo"/> that fails.</summary>
    protected static readonly FakeMigration FailTwo = AddTwo with
    {
        Up = (_, _) => throw new InvalidOperationException("It broke."),
    };

    protected FakeSet Set { get; private set; } = null!;

    protected FakeCalls Calls => Set.Calls;

    /// <summary>A shop that migrates and an archive that fails to.</summary>
    protected FakeDatabase[] FailingSecond => [Set.Database("shop", AddTwo), Set.Database("archive", Fail)];

    protected FakeDatabase[] Succeeding => [Set.Database("shop", AddTwo), Set.Database("archive", AddTwo)];

    [SetUp]
    public Task CreateSet()
    {
        Set = new FakeSet();
        return Set.CreateAsync("shop", "archive");
    }

    [TearDown]
    public void DisposeSet() => Set.Dispose();

    protected void AssertNothingHasChanged()
    {
        Assert.That(Set.State("shop"), Is.EqualTo(Before));
        Assert.That(Set.State("archive"), Is.EqualTo(Before));
        Assert.That(Set.Journal.Exists, Is.False);
    }

    /// <summary>Locks every storage again, without waiting.</summary>
    protected async Task AssertNothingIsHeldAsync()
    {
        foreach (var name in new[] { "shop", "archive" })
        {
            await using var session = await Set.Storage(name)
                .OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.Zero, default);
        }
    }
}
