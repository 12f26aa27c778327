using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Plan;

public sealed class ProgramMigrationTests
{
    [Test]
    public void One_migration_at_a_time_runs_code_of_the_application()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        First.InUp = () =>
        {
            entered.Set();
            leave.Wait();
        };
        Second.HasRun = false;
        var first = new Thread(Create<First>) { IsBackground = true };
        var second = new Thread(Create<Second>) { IsBackground = true };
        first.Start();
        entered.Wait();

        second.Start();

        SpinWait.SpinUntil(() => second.ThreadState.HasFlag(ThreadState.WaitSleepJoin) || !second.IsAlive);
        Assert.That(Second.HasRun, Is.False, "while the first one runs");
        leave.Set();
        first.Join();
        second.Join();
        Assert.That(Second.HasRun, Is.True);
    }

    private static void Create<TMigration>() =>
        _ = new ProgramMigration(new KnownMigration("1", typeof(TMigration)), "a provider").Up;

    public sealed class First : Migration
    {
        internal static Action InUp { get; set; } = () => { };

        protected override void Up(MigrationBuilder migrationBuilder) => InUp();
    }

    public sealed class Second : Migration
    {
        internal static volatile bool HasRun;

        protected override void Up(MigrationBuilder migrationBuilder) => HasRun = true;
    }
}
