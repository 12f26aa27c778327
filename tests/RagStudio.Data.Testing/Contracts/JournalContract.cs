using System.Text;
using NUnit.Framework;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of a journal that a provider brings along.</summary>
public abstract class JournalContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    /// <summary>As another process would get it.</summary>
    private IJournalStore Journal => Database(ContractRelease.Current).Storage.Journal!;

    [Test]
    public void There_is_none_before_one_is_begun()
    {
        Assert.That(Journal.Exists, Is.False);
        Assert.That(Journal.ReadLines(), Is.Empty);
        Journal.Remove();
        Journal.RemoveUnbegun();
    }

    [Test]
    public void Lines_are_read_in_the_order_of_their_writing()
    {
        Journal.Begin(Line("one"));
        Journal.Append(Line("two"));
        Journal.Append(Line("drei €"));

        Assert.That(Journal.Exists, Is.True);
        Assert.That(Journal.ReadLines(), Is.EqualTo(new[] { "one", "two", "drei €" }));
    }

    [Test]
    public void Begin_replaces_the_journal_of_an_ended_run()
    {
        Journal.Begin(Line("one"));
        Journal.Append(Line("two"));

        Journal.Begin(Line("another"));

        Assert.That(Journal.ReadLines(), Is.EqualTo(new[] { "another" }));
    }

    [Test]
    public void Empty_leaves_a_journal_without_lines_and_Remove_leaves_none()
    {
        Journal.Begin(Line("one"));

        Journal.Empty();
        Assert.That(Journal.Exists, Is.True);
        Assert.That(Journal.ReadLines(), Is.Empty);

        Journal.Remove();
        Assert.That(Journal.Exists, Is.False);
    }

    [Test]
    public async Task A_journal_is_no_part_of_what_a_run_undoes()
    {
        await MigrateAsync(ContractRelease.First);
        await using var session = await OpenAsync();
        Journal.Begin(Line("one"));

        await session.RestoreAsync(file: null);

        Assert.That(Journal.ReadLines(), Is.EqualTo(new[] { "one" }));
    }

    private static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + '\n');
}
