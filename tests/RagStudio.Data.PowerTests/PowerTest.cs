using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests;

/// <summary>Tests with the recorder, which are ignored where there is none.</summary>
internal abstract class PowerTest
{
    protected RecorderLibrary Library { get; private set; } = null!;

    [OneTimeSetUp]
    public void CompileRecorder()
    {
        if (RecorderLibrary.FindObstacle() is { } obstacle)
        {
            Assert.Ignore($"No power fails here: {obstacle}.");
        }
        FastDisk.Use();
        Library = RecorderLibrary.Compile();
    }

    [OneTimeTearDown]
    public void RemoveRecorder() => Library?.Dispose();
}
