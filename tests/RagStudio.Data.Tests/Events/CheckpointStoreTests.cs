namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class CheckpointStoreTests(DataProvider provider) : DatabaseTests(provider)
{
    private CheckpointStore Checkpoints => new(Data.Events, Data.Time);

    [Test]
    public async Task Get_is_zero_for_a_processor_that_never_moved() =>
        Assert.That(await Checkpoints.GetAsync("search"), Is.Zero);

    [Test]
    public async Task Advance_moves_one_processor_forward()
    {
        Assert.That(await Checkpoints.AdvanceAsync("search", 5), Is.True);
        Assert.That(await Checkpoints.AdvanceAsync("search", 9), Is.True);

        Assert.That(await Checkpoints.GetAsync("search"), Is.EqualTo(9));
        Assert.That(await Checkpoints.GetAsync("audit"), Is.Zero);
    }

    [TestCase(9)]
    [TestCase(4)]
    public async Task Advance_never_moves_backwards(long position)
    {
        await Checkpoints.AdvanceAsync("search", 9);

        Assert.That(await Checkpoints.AdvanceAsync("search", position), Is.False);
        Assert.That(await Checkpoints.GetAsync("search"), Is.EqualTo(9));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Advance_refuses_what_is_no_position(long position) =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Checkpoints.AdvanceAsync("search", position));
}
