using RagStudio.Data.Migrator.Plan;

namespace RagStudio.Data.Migrator.Tests.Plan;

public sealed class SpaceNeedTests
{
    [TestCase(0)]
    [TestCase(500_000)]
    public void What_the_migrations_of_a_small_storage_do_is_not_asked(long bytes)
    {
        var need = SpaceNeed.Compute(bytes, () => throw new AssertionException("It was asked."));

        Assert.That(need, Is.EqualTo(bytes / 10 + (1 << 20)));
    }

    [TestCase(false, 10_000_000 / 10 + (1 << 20))]
    [TestCase(true, 20_000_000)]
    public void A_rebuild_needs_twice_the_bytes_of_a_larger_storage(bool rebuilds, long expected) =>
        Assert.That(SpaceNeed.Compute(10_000_000, () => rebuilds), Is.EqualTo(expected));
}
