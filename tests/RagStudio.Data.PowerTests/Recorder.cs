using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests;

/// <summary>The recorder of all tests. Those that ask for it are ignored where there is none.</summary>
[SetUpFixture]
internal sealed class Recorder
{
    private static readonly Lazy<RecorderLibrary> Compiled = new(Compile);

    public static RecorderLibrary Library => Compiled.Value;

    [OneTimeSetUp]
    public void UseFastDisk() => FastDisk.Use();

    [OneTimeTearDown]
    public void Remove()
    {
        if (Compiled.IsValueCreated)
        {
            Library.Dispose();
        }
    }

    private static RecorderLibrary Compile()
    {
        if (RecorderLibrary.FindObstacle() is { } obstacle)
        {
            Assert.Ignore($"No power fails here: {obstacle}.");
        }
        return RecorderLibrary.Compile();
    }
}
