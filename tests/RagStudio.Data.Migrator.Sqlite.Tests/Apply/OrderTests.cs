using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>EF sorts a program's migration ids by the current culture, and the plan must use the same order.</summary>
public sealed class OrderTests : ShopTest
{
    [TestCase("")]
    [TestCase("en-US")]
    [TestCase("da-DK")]
    [TestCase("tr-TR")]
    public void Migrations_of_one_time_stamp_are_planned_applied_and_reverted_in_the_order_of_EF_compiled_or_not(
        string culture
    )
    {
        using var process = HostProcess.StartWithCultures(Shop.Folder, "order", Shop.Folder, culture);

        var exit = process.WaitForExit();

        if (exit.Error.Contains("valid ICU package", StringComparison.Ordinal))
        {
            Assert.Ignore("The system has no cultures.");
        }
        Assert.That((exit.Code, exit.Error), Is.EqualTo((0, "")));
        Assert.That(
            exit.Points,
            Is.EqualTo(
                new[]
                {
                    "ef: Add_Table, AddColumn",
                    "planned: Add_Table, AddColumn",
                    "status: Add_Table, AddColumn",
                    "to revert: AddColumn, Add_Table",
                    "applied: Add_Table, AddColumn",
                    "reverted: AddColumn, Add_Table",
                    "applied by the file: Add_Table, AddColumn",
                    "columns: id, compiled",
                    "reverted by the file: AddColumn, Add_Table",
                }
            )
        );
    }
}
