"""2,048 short plain English words, eleven bits each, by which people compare a hash aloud. Pure.

The order is fixed for ever: a word's place is its value.
"""

_LIST = """
    able acid acorn acre act actor adult advice again age agent agree ahead aim air alarm album alder alert
    alike alive alley almond alone alpha also amber ample anchor angle ankle annual answer ant antler any apart
    apple april apron arch archer area arena arm armor army aroma around arrive arrow art artist ash aside ask
    asleep aspen aster atlas atom attic august author autumn avenue awake award aware away axe axis axle baby
    back bacon badge badger bag bagel bake baker bald ball ballad balm bamboo banana band banjo bank banner bar
    barber bark barley barn barrel basil basin basket bat batch bath baton bay beach bead beak beam bean bear
    beard beast beat beauty beaver become bed beef beer beetle before begin behind bell belong below belt bench
    bend best better beyond big bill bind birch bird birth bishop bit bite bitter black blade blank blaze blend
    bless blind block bloom blouse blow bluff blush boat body boil bold bolt bone bonus book boot border borrow
    boss both bottle bottom bounce bow bowl box boy brace braid brain branch brass brave bread breath breeze
    brew brick bride bridge brief bright bring brisk broad bronze brook broom broth brown brush bubble bucket
    buckle bud budget bugle build bulb bull bundle bunny bureau burn burst bus bush busy butter button buy buzz
    cab cabin cable cactus cafe cage cake calf call calm camel camera camp canal canary candle candy cane canoe
    canvas canyon cap cape car carbon card care cargo carol carpet carry cart carve case cash castle casual cat
    catch cattle cave cedar cellar cello cement center cereal chain chair chalk chance change chapel charm chart
    chase cheap check cheek cheer cheese chef cherry chew chief child chime chin chip choice choir choose chorus
    church cider cinema circle circus citrus city civil claim clam clap class clay clean clear clerk clever
    cliff climb clinic clip cloak clock close cloth cloud clove clover clown club clue coach coal coast coat
    cobalt cobra cocoa code coffee coin cold collar color colt column comb comedy comet comic common cone cook
    cookie cool copper copy coral cord core cork corn corner cost cotton couch cough count county couple course
    court cousin cover cow coyote crab cradle craft crane crater crayon cream create credit creek crew crisp
    crop cross crow crowd crown cruise crumb crust cry cube cuckoo cuff cup curb cure curl curry curve custom
    cut cycle cymbal dad daily dairy daisy dam damp dance dark dart date dawn day deal debate decade decide deck
    deep degree delay delta den dense depart depth desert design desk detail dial diary dice diesel diet differ
    dig digit dill dim diner dinner direct dirt disc dish ditch dive divide dizzy dock doctor dog doll dollar
    dome donate donkey door dot double dough dove down dozen draft dragon drain drama draw drawer dream dress
    drift drill drink drive drop drum dry duck duet dune dust duty dwarf each eager eagle ear early earn earth
    easel east easy eat echo edge edit eel effort egg either elbow elder elect elf elite elm else ember empire
    employ empty enamel end energy engine enjoy enough ensure enter entire entry equal era errand escape estate
    even event ever evolve exact excess excite exist exit expand expect expert extra eye fable fabric face fact
    fade fair faith falcon fall fame family famous fan fancy far farm farmer fast father favor fawn feast fee
    feed feel felt fence fern fest fetch fever few fiber fiddle field fifty fig figure file fill film filter
    final finch find fine finger finish fire firm first fish fist fit five fix flag flake flame flap flash flask
    flat flavor fleece fleet flex flight flint float flock flood floor flow flower fluffy fluid flute fly foal
    foam focus fog foil fold folk follow food foot forest forget fork form fort forum fossil fox frame free
    freeze fresh friday fridge friend fringe frog front frost fruit fuel full fun funnel fur future fuzzy gain
    galaxy gallop game gap garage garden garlic gas gate gather gauge gear gem gentle geyser giant gift ginger
    girl give glad glance glass glaze glide globe glory glove glow glue goal goat gold golf good goose gospel
    gossip gourd gown grace grade grain grand grape graph grass gravel gravy green greet grid grill grin grip
    groove ground group grove grow guard guess guest guide guitar gulf gull gum guppy gym habit hail hair half
    hall hammer hand handle happy harbor hard harp hat hatch have hawk hay hazel head heal health heap heart
    heat heater heavy hedge height helmet help hen herb herd hermit hero heron hidden high hike hill hinge hint
    hip hippo hobby hockey hold hollow holly home honest honey hood hoof hook hoop hope horn horse hose host
    hotel house hover human humble humid humor hunger hurdle hurry hut hybrid hymn ice icicle icon idea ideal
    igloo image impact import inch income index indigo indoor infant inform ink inlet inner input insect inside
    intact invent invite iris iron island item ivory ivy jacket jade jaguar jam jar jazz jeans jelly jet jewel
    jigsaw job jockey jog join joke jolly joy judge jug juggle juice july jumbo jump june jungle junior jury
    just kale karate kayak keen keep kennel kernel kettle key kick kid kidney kiln kilt kind king kiosk kit kite
    kitten kiwi knee knife knit knob knock koala label lace ladder lady lagoon lake lamb lamp lance land lane
    lap laptop large lark laser last late laugh launch laurel lava law lawn layer lazy lead leaf league lean
    leap learn lease leave left leg legend lemon lend length lens lentil less lesson letter level lever lichen
    lid life lift light like lilac lily limb lime limit linden line linen link lion lip liquid list listen
    little live lizard llama load loaf lobby local lock locket lodge log logic lonely long look loop loose lotus
    loud lounge love loyal luck lumber lunar lunch lung lush lute luxury lynx lyric magic magnet magpie major
    make mallet mammal man manage mango manner manor manual many map maple marble march margin marine mark
    market maroon marsh mask mason mast master mat match math matter may mayor maze meadow meal mean medal
    medium meet mellow melody melon melt member memory menu merge merit merry metal meteor meter method metro
    middle might mild mile milk mill mind mint minute mirror mist mitten mix moat mobile model modern modest
    module moist mole moment monday money monkey month mood moon moose mop moral mosaic moss moth mother motion
    motor mouse mouth move movie much mud muffin mug mule museum music must mutual myth nail name nap napkin
    narrow nation native nature near neat neck nectar needle nephew nerve nest net nettle never new news next
    nice nickel niece night nimble nine noble nod noise noodle noon normal north nose note notice novel now
    number nurse nut nutmeg nylon oak oasis oat object oboe ocean odd offer office often oil old olive omelet
    once onion only onyx open opera option orange orbit orchid order organ origin oriole osprey other otter
    ounce outer outfit output oval oven over owl own owner oxygen oyster pace pack paddle page pail paint palace
    pale palm pan panda panel pansy pantry papaya paper parade parcel parent park parlor parrot part party pass
    past pasta paste pastry patch path patrol pave pea peach peak peanut pearl pebble pecan pedal pen pencil
    penny people pepper perch period permit person petal phone photo phrase piano pick pickle picnic pie pier
    pigeon pillow pilot pin pine pink pint pipe pirate pitch pixel pizza place plan planet plank plant plate
    play plaza please pledge plenty plow plum plus pocket poem poet point polar polish polite pollen polo pond
    pony pool poplar poppy porch port porter post pot potato pouch pound powder power praise press pretty price
    pride prince print prism prize proof proper proud prove public puddle puffin pull pulp pulse puma pump punch
    pupil puppet puppy pure purple purse push puzzle python quail quaint quarry quart quartz queen quest queue
    quick quiet quill quilt quince quit quite quiz quota quote rabbit race rack radar radio radish raft rail
    rain rainbow raisin rake rally ramp ranch range ranger rapid rare rate raven raw ray reach read ready real
    reason recall recipe record red reed reef refer reflect region regular relax relay release relief rely
    remain remark remedy remote rent repair repeat replace reply report rescue rest result retire return reveal
    review reward rhino rhubarb rhyme rhythm rib ribbon rice rich ride ridge rigid ring rinse ripe ripple rise
    river roast robe robin robot robust rock rocket roll roof rookie room rope rose roster rotate rough round
    route rover row royal rubber ruby rudder rug rugby rule ruler run rural rush rust saddle safari safe saffron
    saga sage sailor salad salmon salon salt salute same sample sand sandal sardine satin sauce sauna sausage
    save say scale scallop scarf school science scooter score scout scrap screen screw script scroll seal search
    season seat second secret section seed seek segment select self senate send senior sense series serve sesame
    seven shade shadow shallow shape share sharp shawl shed sheep sheet shelf shell shelter sheriff shield shift
    shine ship shirt shoe shop shore short shout shovel show shower shrimp shrub shuttle shy sibling side siege
    sight sign signal silent silk silly silver similar simple since sing single siren sister six size skate
    sketch ski skill skin skip skirt sky slate sled sleep sleeve slice slide slim slip slogan slope slot slow
    small smart smile smoke smooth snack snail snake sneeze snow snug soap soccer social sock soda sofa soft
    soil solar solid solo some song sonnet soon sorbet sort sound soup south space spade spare spark sparrow
    speak special speed spell spend sphere spice spider spin spinach spiral spirit splash spoke sponge spoon
    sport spot spray spread spring sprout spruce square squash squid stable stack stadium staff stage stamp
    stand staple star start state station statue stay steady steam steep stem step stereo stew stick still sting
    stir stitch stock stone stool stop store stork storm story stove strap straw stream street stretch strike
    string stripe strong student studio study sturdy style submit subway such sudden sugar suit suite summer
    summit sun sunday sunny super supper supply support surf surface swallow swamp swan swap sweater sweep sweet
    swift swim swing switch symbol syrup system table tablet tackle tailor take talent talk tall tango tank tape
    target tart task taste taxi teach teacher teal teapot tell temple tempo ten tenant tender tennis tent term
    terrace test text thank theater theme theory thick thimble thin thing think third thirty thistle thorn
    thread three thrifty thrive throat throne through throw thrush thumb thunder thyme ticket tidy tiger tight
    tile till timber time tin tinsel tiny tip tire tissue title toad toast today toffee token tomato tone tongue
    tonic tool tooth top topaz topic torch total touch tough tour toward towel tower town toy track trade
    traffic trail train tram transit trap travel tray treat tree trek trellis trend trial tribe trick trim trio
    trip trolley trophy tropic trout truck true truffle trumpet trunk trust truth try tub tuba tube tuesday tug
    tulip tuna tundra tunic tunnel turban turbine turkey turn turnip turtle tutor tweed twelve twenty twice twig
    twin twist type typical uncle under unfold uniform union unique unit unite unity until upper upright upset
    urban urge useful usher usual utensil vacant vacuum valid valley value valve van vanilla vapor variety vase
    vast vault vector vegan velvet venture verb verse version vessel vest veteran via vibrant video view village
    vine vinegar vintage vinyl viola violet violin virtual virtue visa visit visual vital vitamin vivid vocal
    voice volcano volume vote vowel voyage wade waffle wagon walk wall wallet walnut walrus wander want warm
    wash wasp watch water wave wax wealth weasel weave web wedding weed welcome well west wet whale wheat wheel
    when whisker whisper whistle white wicker wide width wife wild willow win wind window wine wing winner
    winter wire wisdom wise wish with wizard wolf woman wombat wonder wool word work world worth woven wrap
    wreath wren wrench wrist yacht yak yard yarn year yeast yellow yes yet yoga yogurt yolk young youth yucca
    zebra zenith zero zest zigzag zinc zipper zone zoo zoom
"""

WORDS = tuple(_LIST.split())
