using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Tests.Validate;

/// <summary>The losses of a run, reported migration by migration. Before it, a has 10 rows and b has 5.</summary>
public sealed class RowLedgerTests
{
    //        what each migration made of tables    what was lost
    [TestCase("a>a=10", "")]
    [TestCase("a>a=7", "1:a=3")]
    [TestCase("a>a=7 a>a=20", "1:a=3", TestName = "Rows_that_come_later_do_not_make_up_for_those_that_went")]
    [TestCase("a>a=12 a>a=10", "", TestName = "Rows_that_the_run_has_added_may_go_again")]
    [TestCase("a>a=12 a>a=9", "2:a=1", TestName = "More_rows_than_the_run_has_added_are_a_loss")]
    [TestCase("a>a=12 a>a=11 a>a=9", "3:a=1", TestName = "Rows_that_the_run_has_added_go_once")]
    [TestCase("a>x=10 x>y=9", "2:a=1", TestName = "A_table_is_told_by_the_name_that_it_had_before_the_run")]
    [TestCase("a>b=10,b>a=5 a>a=4", "2:b=1", TestName = "Tables_that_swapped_their_names_are_told_apart")]
    [TestCase("a>-=0", "1:a=10!", TestName = "A_table_that_is_gone_has_lost_all")]
    [TestCase("a>-=10", "", TestName = "A_table_whose_rows_another_one_has_now_has_lost_none")]
    public void Lost_tells_what_each_migration_took(string changes, string expected)
    {
        var ledger = new RowLedger(new Dictionary<string, long> { ["a"] = 10, ["b"] = 5 });
        var version = 0;
        foreach (var migration in changes.Split(' '))
        {
            ledger.Enter(null!, $"{++version}", [.. migration.Split(',').Select(Change)]);
        }

        Assert.That(Describe(ledger), Is.EqualTo(expected));
    }

    [Test]
    public void Close_tells_what_went_beside_the_migrations_and_leaves_alone_what_nobody_counts()
    {
        var ledger = new RowLedger(new Dictionary<string, long> { ["a"] = 10, ["b"] = 5 });
        var schema = new DatabaseSchema([new TableSchema("b", "virtual", [], [], [], [], [])], []);

        ledger.Close(new Dictionary<string, long> { ["a"] = 9 }, schema);

        Assert.That(Describe(ledger), Is.EqualTo(":a=1"));
    }

    private static TableRows Change(string text)
    {
        var parts = text.Split('>', '=');
        return new TableRows(parts[0], parts[1] == "-" ? null : parts[1], long.Parse(parts[2]));
    }

    private static string Describe(RowLedger ledger) =>
        string.Join(' ', ledger.Lost.Select(l => $"{l.Version}:{l.Original}={l.Rows}{(l.IsGone ? "!" : "")}"));
}
