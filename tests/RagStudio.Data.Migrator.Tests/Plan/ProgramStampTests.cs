using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Migrations;

namespace RagStudio.Data.Migrator.Tests.Plan;

public sealed class ProgramStampTests
{
    private static readonly string[] Versions = ["20250101000000_One", "20250201000000_Two"];

    private static readonly Dictionary<string, string> Checksums = new() { [Versions[0]] = "ab", [Versions[1]] = "cd" };

    private static string Stamp => Of(Versions, typeof(Plain), Checksums);

    [Test]
    public void A_stamp_of_the_same_program_and_checksums_is_the_same() =>
        Assert.That(Of(Versions, typeof(Plain), new Dictionary<string, string>(Checksums)), Is.EqualTo(Stamp));

    [Test]
    public void A_stamp_changes_with_the_class_of_a_migration() =>
        Assert.That(Of(Versions, typeof(Other), Checksums), Is.Not.EqualTo(Stamp));

    [Test]
    public void A_stamp_changes_with_the_migrations_that_a_program_has() =>
        Assert.That(Of([Versions[0]], typeof(Plain), Checksums), Is.Not.EqualTo(Stamp));

    [TestCase("ab", null)]
    [TestCase("ab", "ce")]
    [TestCase("cd", "ab")]
    [TestCase("abcd", "")]
    public void A_stamp_changes_with_a_recorded_checksum(string one, string? two)
    {
        var checksums = new Dictionary<string, string> { [Versions[0]] = one };
        if (two is not null)
        {
            checksums[Versions[1]] = two;
        }

        Assert.That(Of(Versions, typeof(Plain), checksums), Is.Not.EqualTo(Stamp));
    }

    [Test]
    public void A_database_keeps_the_stamps_of_the_last_few_programs()
    {
        string? kept = null;
        foreach (var stamp in new[] { "a1", "b2", "c3", "d4", "e5" })
        {
            kept = ProgramStamp.AddTo(kept, stamp);
        }

        Assert.That(kept, Is.EqualTo("e5 d4 c3 b2"));
        Assert.That(ProgramStamp.IsIn(kept, "c3"));
        Assert.That(ProgramStamp.IsIn(kept, "a1"), Is.False);
        Assert.That(ProgramStamp.IsIn(kept, "c"), Is.False);
        Assert.That(ProgramStamp.IsIn(null, "c3"), Is.False);
    }

    private static string Of(IEnumerable<string> versions, Type type, IReadOnlyDictionary<string, string> checksums)
    {
        var migrations = versions.Select(version => FakeMigration.Of(version, _ => { }) with { Type = type });
        return ProgramStamp.Compute(
            new FakeDatabase("one", new FakeStorage(new FakeServer(), "none"), [.. migrations]),
            checksums
        );
    }

    private sealed class Plain : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) { }
    }

    private sealed class Other : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) { }
    }
}
