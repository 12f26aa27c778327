using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Loss;

/// <summary>What happened to tables, after a sequence of events. The first table t has 3 rows, u has 2.</summary>
public sealed class TableTrackerTests
{
    private static readonly WatchedTable[] Tables =
    [
        new("t", "t", 3),
        new("u", "u", 2),
        new("ä", "was", 1),
        new("Ä", "Ä", 4),
    ];

    //        events                                   what there is then        what is told
    [TestCase("", "t3 u2 ä1 Ä4", "")]
    [TestCase("~T", "t2 u2 ä1 Ä4", "t:t=2", TestName = "Touched_tables_are_counted_whatever_the_case")]
    [TestCase("t>x", "x3 u2 ä1 Ä4", "t:x=3", TestName = "A_renamed_table_is_found")]
    [TestCase("t>old +t -old", "t3 u2 ä1 Ä4", "t:t=3", TestName = "What_has_the_first_name_succeeds")]
    [TestCase("+new -t new>t", "T2 u2 ä1 Ä4", "t:T=2", TestName = "What_takes_the_name_succeeds")]
    [TestCase("-t", "u2 ä1 Ä4", "t:-=0", TestName = "A_dropped_table_is_gone")]
    [TestCase("-ä +was", "t3 u2 Ä4 was1", "ä:was=1", TestName = "What_has_the_name_of_before_the_run_succeeds")]
    [TestCase("t>a u>t a>u", "t2 u3 ä1 Ä4", "t:u=3 u:t=2", TestName = "Names_may_be_swapped")]
    [TestCase("-t u>t", "t2 ä1 Ä4", "u:t=2 t:-=0", TestName = "A_table_with_rows_of_its_own_is_no_successor")]
    [TestCase("-t u>t ~u", "t5 ä1 Ä4", "u:t=5 t:-=3", TestName = "A_table_that_took_the_rows_over_is_told")]
    [TestCase("-t", "t3 u2 ä1 Ä4", "t:t=3", TestName = "A_drop_that_was_taken_back_is_none")]
    [TestCase("t>x", "t3 u2 ä1 Ä4", "t:t=3", TestName = "A_rename_that_was_taken_back_is_none")]
    [TestCase("t>x -x u>x -x", "t3 ä1 Ä4", "t:t=3 u:-=0", TestName = "One_table_does_not_succeed_two")]
    [TestCase("+n -t n>t t>x u>t", "t2 x3 ä1 Ä4", "t:x=3 u:t=2", TestName = "A_successor_is_followed_on")]
    [TestCase("+t", "t3 u2 ä1 Ä4", "", TestName = "A_table_that_is_there_is_not_created")]
    [TestCase("~Ä", "t3 u2 ä1 Ä0", "Ä:Ä=0", TestName = "Only_ASCII_letters_have_no_case")]
    public void End_tells_what_became_of_tables(string events, string there, string expected)
    {
        var trail = new TableTracker(Tables);
        foreach (var what in events.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Tell(trail, what);
        }
        var rows = there.Split(' ').ToDictionary(table => table[..^1], table => (long)(table[^1] - '0'));

        var ends = trail.End(rows.Keys, table => rows[table]);

        Assert.That(
            string.Join(' ', ends.Select(end => $"{end.Table}:{end.Now ?? "-"}={end.Rows}")),
            Is.EqualTo(expected)
        );
    }

    private static void Tell(TableTracker trail, string what)
    {
        if (what[0] == '+')
        {
            trail.Created(what[1..]);
        }
        else if (what[0] == '~')
        {
            trail.Touched(what[1..]);
        }
        else if (what[0] == '-')
        {
            trail.Dropped(what[1..]);
        }
        else
        {
            trail.Renamed(what.Split('>')[0], what.Split('>')[1]);
        }
    }
}
