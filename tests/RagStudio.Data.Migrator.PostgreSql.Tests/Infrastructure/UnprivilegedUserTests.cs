namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class UnprivilegedUserTests
{
    [Test]
    public async Task Servers_do_not_run_as_root()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no root.");
        }
        Assert.That((await Command.RunAsync(UnprivilegedUser.Start("id", "-u"))).Trim(), Is.Not.EqualTo("0"));
    }

    [TestCase("setpriv")]
    [TestCase("runuser")]
    [TestCase("su")]
    public async Task Each_way_to_another_user_passes_the_arguments_as_they_are(string way)
    {
        if (UnprivilegedUser.Name is not { } name || Command.Find(way) is null)
        {
            Assert.Ignore($"Only root needs {way}, where there is one.");
            return;
        }
        var group = UnprivilegedUser.IdOf(name, "-g")!;
        var start = UnprivilegedUser.Ways(name, group).Single(found => found.Program == way).Start;
        string[] arguments = ["-c", "id -un; printf '<%s>' \"$@\"", "sh", "it's  one", "$HOME", "-x", ""];
        Assert.That(await Command.RunAsync(start("sh", arguments)), Is.EqualTo($"{name}\n<it's  one><$HOME><-x><>"));
    }
}
