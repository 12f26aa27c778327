using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

public sealed class EFFunctionsTests
{
    [TestCase("SELECT * FROM a WHERE b REGEXP 'c'", true)]
    [TestCase("UPDATE a SET b = ef_add(b, '1')", true)]
    [TestCase("CREATE TABLE \"ef_temp_a\" (\"b\" TEXT CHECK (EF_COMPARE(b, '1') > 0))", true)]
    [TestCase("SELECT b FROM a ORDER BY b COLLATE EF_DECIMAL", true)]
    [TestCase("CREATE TABLE \"ef_temp_a\" (\"brief_text\" TEXT); ALTER TABLE ef_temp_a RENAME TO a", false)]
    [TestCase("SELECT my_regexp FROM a", false)]
    public void A_call_is_told_from_the_table_of_a_rebuild_and_from_a_part_of_a_name(string sql, bool expected)
    {
        var migration = new CompiledMigration("1_One", MigrationKind.Schema, "", [], [new CompiledCommand(sql)]);
        Assert.That(EFFunctions.AreCalledBy(migration), Is.EqualTo(expected));
    }
}
